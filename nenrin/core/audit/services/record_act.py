"""Add an entry to the town's audit trail."""

from typing import Any

from django.db import connection
from django.utils import timezone

from nenrin.core.tenancy.scope import current_town_code

from ..models import AuditEntry
from ..rules import FIRST, entry_hash

LOCK_CLASS = 0x61756469


def record_act(
    *, actor: str, action: str, subject: str, detail: dict[str, Any] | None = None, behalf: str = ""
) -> AuditEntry:
    """Append one entry in the caller's transaction; the chain is locked until it ends.

    ``detail`` holds ids and plain values, never personal data or message texts.
    """
    town = current_town_code()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, int(town)])
    last = AuditEntry.objects.order_by("-sequence").first()
    entry = AuditEntry(
        sequence=last.sequence + 1 if last else 1,
        at=timezone.now(),
        actor=actor,
        on_behalf_of=behalf,
        action=action,
        subject=subject,
        detail=detail or {},
        previous_hash=last.hash if last else FIRST,
    )
    entry.hash = entry_hash(entry.previous_hash, chained_content(entry))
    entry.save(force_insert=True)
    return entry


def chained_content(entry: AuditEntry) -> dict[str, Any]:
    """What the hash covers: everything but the hashes themselves."""
    return {
        "town": entry.town_id,
        "sequence": entry.sequence,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "on_behalf_of": entry.on_behalf_of,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
    }
