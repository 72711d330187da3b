"""Words on a case: to the applicant, from them, or a note of the desk."""

from django.db import transaction

from ..models import Case, CaseEvent, CaseState
from ..moves import CaseRefused, locked, need_words, write_down

WORDS = (CaseEvent.Kind.TO_APPLICANT, CaseEvent.Kind.FROM_APPLICANT, CaseEvent.Kind.NOTE)


@transaction.atomic
def write_words(*, case: Case, kind: CaseEvent.Kind, words: str, acting_user: str) -> CaseEvent:
    """Keep the words; also on a case that is over. Raises CaseRefused."""
    if kind not in WORDS:
        raise CaseRefused("連絡かメモを選んでください。")
    found = locked(case, CaseState.values)
    plain = need_words(words, "伝えること")
    return write_down(found, kind, acting_user, words=plain, action="write")
