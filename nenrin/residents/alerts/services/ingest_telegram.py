"""Take a telegram in: store it raw and once, then let every town read it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from nenrin.core.tenancy.models import Town

from ..models import Telegram
from ..telegrams.model import Telegram as ParsedTelegram
from ..telegrams.parse import parse_telegram

READ = "nenrin.residents.alerts.tasks.read_for_town"


@dataclass(frozen=True)
class Taken:
    """A stored telegram; ``is_new`` is False for one that was there already."""

    row: Telegram
    parsed: ParsedTelegram
    is_new: bool


def store_telegram(
    *, data: bytes, received_at: datetime, feed_id: str = "", drill: UUID | None = None
) -> Taken:
    """Store a telegram in the caller's transaction. Raises TelegramError for what is none."""
    parsed = parse_telegram(data)
    row, is_new = Telegram.objects.get_or_create(
        sha256=hashlib.sha256(data).hexdigest(),
        drill=drill,
        defaults={
            "raw": data,
            "title": parsed.control.title[:80],
            "kind": parsed.kind.code,
            "status": parsed.control.status,
            "info_type": parsed.head.info_type,
            "event_id": parsed.head.event_id[:64],
            "serial": parsed.head.serial[:10],
            "editorial_office": parsed.control.editorial_office[:80],
            "report_datetime": parsed.head.report_datetime,
            "headline": parsed.head.headline,
            "feed_id": feed_id[:200],
            "received_at": received_at,
        },
    )
    return Taken(row, parsed, is_new)


@transaction.atomic
def ingest_telegram(*, data: bytes, received_at: datetime, feed_id: str = "") -> Taken:
    """Store a telegram and give every active town a job to read it; a repeat does nothing."""
    taken = store_telegram(data=data, received_at=received_at, feed_id=feed_id)
    if taken.is_new:
        for code in Town.objects.filter(is_active=True).values_list("code", flat=True):
            job = app.configure_task(name=READ, queue="alerts", priority=20)
            job.defer(town=code, telegram=taken.row.pk)
    return taken
