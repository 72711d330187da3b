"""Note that cases left as a file for another system."""

from collections.abc import Sequence

from django.db import transaction

from ..models import Case, CaseEvent
from ..moves import write_down


@transaction.atomic
def hand_off(*, cases: Sequence[Case], form: str, acting_user: str) -> None:
    """Write it on every case; ``form`` is CSV or JSON."""
    for case in cases:
        write_down(case, CaseEvent.Kind.HANDED_OFF, acting_user, words=form, action="hand_off")
