"""Note that something was looked at, or that it was not after all."""

from django.db import transaction
from django.utils import timezone

from ..models import OPEN_STATES, Case, CaseEvent, CheckItem
from ..moves import locked, write_down


@transaction.atomic
def tick_check(*, case: Case, key: str, is_done: bool, acting_user: str) -> CheckItem:
    """Set or clear a mark; the same again changes nothing. Raises CaseRefused, DoesNotExist."""
    found = locked(case, OPEN_STATES)
    item = CheckItem.objects.get(case=found, key=key)
    if (item.done_at is not None) == is_done:
        return item
    item.done_at = timezone.now() if is_done else None
    item.done_by = acting_user if is_done else ""
    item.save(update_fields=["done_at", "done_by"])
    words = item.label if is_done else f"（取り消し）{item.label}"
    write_down(found, CaseEvent.Kind.CHECKED, acting_user, words=words, action="check")
    return item
