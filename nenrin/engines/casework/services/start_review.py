"""Begin to look at a case."""

from django.db import transaction

from ..models import Case, CaseEvent, CaseState
from ..moves import locked, write_down


@transaction.atomic
def start_review(*, case: Case, acting_user: str) -> Case:
    """Bring a received case into review. Raises CaseRefused."""
    found = locked(case, (CaseState.RECEIVED,))
    found.state = CaseState.REVIEW
    found.save(update_fields=["state"])
    write_down(found, CaseEvent.Kind.REVIEWED, acting_user, action="review")
    return found
