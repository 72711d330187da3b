"""The applicant takes back what they asked for."""

from django.db import transaction
from django.utils import timezone

from ..models import OPEN_STATES, Case, CaseEvent, CaseState
from ..moves import LONGEST, locked, write_down


@transaction.atomic
def withdraw_case(*, case: Case, words: str, acting_user: str) -> Case:
    """Close the case without a decision. Raises CaseRefused."""
    found = locked(case, OPEN_STATES)
    found.state, found.closed_at = CaseState.WITHDRAWN, timezone.now()
    found.save(update_fields=["state", "closed_at"])
    write_down(
        found,
        CaseEvent.Kind.WITHDRAWN,
        acting_user,
        words=words.strip()[:LONGEST],
        action="withdraw",
    )
    return found
