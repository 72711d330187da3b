"""Something the applicant owed arrived by post or at the counter."""

from django.db import transaction

from ..models import OPEN_STATES, Case, CaseEvent
from ..moves import locked, need_words, write_down


@transaction.atomic
def note_arrival(*, case: Case, words: str, acting_user: str) -> CaseEvent:
    """Write down what arrived; the applicant reads it on their page. Raises CaseRefused."""
    found = locked(case, OPEN_STATES)
    plain = need_words(words, "届いたもの")
    return write_down(found, CaseEvent.Kind.ARRIVED, acting_user, words=plain, action="arrive")
