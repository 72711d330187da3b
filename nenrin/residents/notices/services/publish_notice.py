"""Send a notice down the river, with its documents."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import IO

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.files.services.store_file import store_file
from nenrin.core.messaging.services.compose_message import Draft, compose_message
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import Severity

from ..models import Document, Notice
from ..topics import topics

LIFE = timedelta(days=30)
DRAW = "nenrin.residents.notices.tasks.draw_document"


@dataclass(frozen=True)
class NoticeText:
    """What a notice says and to whom; no district means the whole town."""

    kind: str
    topic: str
    title: str
    body: str
    easy_body: str = ""
    districts: Sequence[int] = field(default_factory=tuple)


@dataclass(frozen=True)
class Upload:
    """One PDF as it was handed in."""

    name: str
    content: bytes | IO[bytes]


class NoticeRefused(Exception):
    """The notice cannot go out; the text says why, in Japanese."""


@transaction.atomic
def publish_notice(
    *, text: NoticeText, uploads: Sequence[Upload], acting_user: str
) -> tuple[Notice, int]:
    """Release the notice; returns it and the number of households.

    Raises NoticeRefused, FileRefused for an upload that is no PDF, NotReleasable without
    households. Documents are drawn in the background.
    """
    if text.topic not in topics() or text.kind not in Notice.Kind.values:
        raise NoticeRefused("種類と話題を選んでください。")
    draft = Draft(
        source="notices",
        title=text.title,
        body=text.body,
        easy_body=text.easy_body,
        topic=text.topic,
        severity=Severity.NOTICE,
        expires_at=timezone.now() + LIFE,
    )
    message = compose_message(draft=draft, districts=text.districts)
    notice = Notice.objects.create(message=message, kind=text.kind, topic=text.topic)
    for upload in uploads:
        _keep(notice, upload, acting_user)
    households = release_message(message=message, acting_user=acting_user)
    record_act(
        actor=acting_user,
        action="notices.publish",
        subject=f"notice:{notice.pk}",
        detail={"kind": text.kind, "topic": text.topic, "documents": len(uploads)},
    )
    return notice, households


def _keep(notice: Notice, upload: Upload, acting_user: str) -> None:
    stored = store_file(
        content=upload.content,
        name=upload.name,
        allowed={"pdf"},
        acting_user=acting_user,
        purpose="notices",
    )
    document = Document.objects.create(
        notice=notice, title=stored.name.removesuffix(".pdf")[:120], file=stored
    )
    app.configure_task(name=DRAW, queue="documents").defer(
        town=notice.town_id, document=document.pk
    )
