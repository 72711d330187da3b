"""Giving out what was decided: ready at the counter or for the post, and handed over."""

from django.db import transaction
from django.utils import timezone

from ..models import Case, CaseEvent, CaseState, Collection
from ..moves import LONGEST, CaseRefused, locked, write_down


@transaction.atomic
def make_ready(*, case: Case, way: str, words: str, acting_user: str) -> Collection:
    """Say that it can be fetched, or goes by post; the same again changes nothing.

    Raises CaseRefused.
    """
    found = locked(case, (CaseState.DECIDED,))
    if way not in Collection.Way.values:
        raise CaseRefused("「窓口で渡す」か「郵送する」を選んでください。")
    before = Collection.objects.filter(case=found).first()
    if before and (before.way == way or before.done_at):
        return before
    made, _ = Collection.objects.update_or_create(
        case=found,
        defaults={
            "way": way,
            "words": words.strip()[:LONGEST],
            "asked_by": acting_user,
            "asked_at": timezone.now(),
        },
    )
    shown = "　".join(filter(None, (made.get_way_display(), made.words)))
    write_down(found, CaseEvent.Kind.READY, acting_user, words=shown, action="ready")
    return made


@transaction.atomic
def hand_over(*, case: Case, words: str, acting_user: str) -> Collection:
    """Note that it was fetched or posted; the same again changes nothing. Raises CaseRefused."""
    found = locked(case, (CaseState.DECIDED,))
    held = Collection.objects.filter(case=found).first()
    if held is None:
        raise CaseRefused("先に、渡す準備ができたことを記してください。")
    if held.done_at:
        return held
    held.done_at, held.done_by, held.done_words = timezone.now(), acting_user, words.strip()[:200]
    held.save(update_fields=["done_at", "done_by", "done_words"])
    shown = "　".join(filter(None, (held.get_way_display(), held.done_words)))
    write_down(found, CaseEvent.Kind.HANDED, acting_user, words=shown, action="hand")
    return held
