"""Several stages of one case: ask for the next paper after a decision, and take it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..models import Case, CaseEvent, CaseState, CheckItem
from ..moves import locked, write_down
from ..rules import add_business_days


@dataclass(frozen=True)
class NextStage:
    """What comes after: what it is called, and by which day the applicant brings it."""

    title: str
    due: date | None = None


@dataclass(frozen=True)
class Arrival:
    """What came in for a stage: days until the desk's deadline, and what to look at."""

    working_days: int | None = None
    checks: Sequence[tuple[str, str]] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def ask_for_next(*, case: Case, stage: NextStage, acting_user: str) -> Case:
    """Open a decided case again for its next stage. Raises CaseRefused."""
    found = locked(case, (CaseState.DECIDED,))
    found.stage, found.stage_title = found.stage + 1, stage.title[:60]
    found.state, found.due = CaseState.NEXT, stage.due
    found.deadline, found.closed_at = None, None
    found.save(update_fields=["stage", "stage_title", "state", "due", "deadline", "closed_at"])
    details = {"stage": found.stage_title, "due": stage.due.isoformat() if stage.due else None}
    write_down(
        found, CaseEvent.Kind.NEXT, acting_user, words=stage.title, details=details, action="next"
    )
    return found


@transaction.atomic
def take_next(*, case: Case, arrival: Arrival, acting_user: str) -> Case:
    """The next paper came: the desk's clock runs again. Raises CaseRefused."""
    found = locked(case, (CaseState.NEXT,))
    today, days = timezone.localdate(), arrival.working_days
    found.state, found.due = CaseState.RECEIVED, None
    found.deadline = None if days is None else add_business_days(today, days)
    found.save(update_fields=["state", "due", "deadline"])
    CheckItem.objects.bulk_create(
        CheckItem(case=found, key=f"{found.stage}.{key}"[:60], label=label[:200])
        for key, label in arrival.checks
    )
    write_down(
        found,
        CaseEvent.Kind.ENTERED,
        acting_user,
        words=found.stage_title,
        details=arrival.details,
        action="enter",
    )
    return found
