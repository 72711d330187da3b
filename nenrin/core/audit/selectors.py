"""Reading and checking the trail."""

from django.db.models import QuerySet

from .models import AuditEntry
from .rules import FIRST, entry_hash
from .services.record_act import chained_content


def first_altered_entry() -> tuple[int, str] | None:
    """Sequence and reason of the first entry that does not fit the chain; None when all do.

    Walks the trail of the town in scope. An entry removed from the end cannot be seen from the
    chain alone: keep the last hash outside (`nenrin audit verify` prints it).
    """
    previous, expected = FIRST, 1
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            return expected, f"行 {expected} がありません"
        if entry.previous_hash != previous:
            return entry.sequence, "前の行とつながっていません"
        if entry.hash != entry_hash(previous, chained_content(entry)):
            return entry.sequence, "内容が書き換えられています"
        previous, expected = entry.hash, expected + 1
    return None


def recent_entries(subject: str = "") -> QuerySet[AuditEntry]:
    """The trail, newest first; with a subject only what concerns it (``person:12``)."""
    found = AuditEntry.objects.order_by("-sequence")
    return found.filter(subject=subject) if subject else found
