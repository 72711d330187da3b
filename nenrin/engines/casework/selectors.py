"""Reading cases: the queue, its figures, and who may handle what."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from nenrin.core.organization.models import StaffMember
from nenrin.core.organization.roles import Role

from .models import (
    APPLICANT_KINDS,
    DESK_STATES,
    OPEN_STATES,
    Case,
    CaseEvent,
    CaseState,
    HandOff,
)
from .rules import business_days_between


@dataclass(frozen=True)
class QueueRow:
    """A case with its age and what is left until its day, in office days.

    A case that is over grows no older, and no clock runs.
    """

    case: Case
    age: int
    days_left: int | None

    @property
    def is_late(self) -> bool:
        """Whether the day has passed: the desk's, or the applicant's for the next paper."""
        return self.days_left is not None and self.days_left < 0


def handled_by(member: StaffMember) -> QuerySet[Case]:
    """The cases that a member of staff may see: the counter all, others their section's.

    A case that no section owns is everybody's, so that it is not forgotten.
    """
    every = Case.objects.select_related("section", "assignee__user", "household", "person")
    if member.holds(Role.DESK):
        return every
    mine = [member.section_id, member.section.parent_id]
    return every.filter(Q(section__in=[pk for pk in mine if pk]) | Q(section=None))


def waiting(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those that are not over, the most urgent first."""
    found = cases.filter(state__in=OPEN_STATES)
    return found.order_by(F("deadline").asc(nulls_last=True), "opened_at", "pk")


def queue_row(case: Case, today: date) -> QueueRow:
    """A case as the queue shows it."""
    opened = timezone.localdate(case.opened_at)
    until = timezone.localdate(case.closed_at) if case.closed_at else today
    day = _running_day(case)
    left = None if day is None else business_days_between(today, day)
    return QueueRow(case, business_days_between(opened, until), left)


def _running_day(case: Case) -> date | None:
    """The day that comes nearer: the applicant's for the next paper, or the desk's."""
    if case.state == CaseState.NEXT:
        return case.due
    return case.deadline if case.state in DESK_STATES else None


def late(cases: QuerySet[Case], today: date) -> QuerySet[Case]:
    """Those past their day: the desk's deadline, or the applicant's for the next paper."""
    return cases.filter(
        Q(state__in=DESK_STATES, deadline__lt=today) | Q(state=CaseState.NEXT, due__lt=today)
    )


def related_cases(case: Case, limit: int = 10) -> QuerySet[Case]:
    """Other cases of the same household, the newest first."""
    if case.household_id is None:
        return Case.objects.none()
    same = Case.objects.filter(household=case.household_id).exclude(pk=case.pk)
    return same.order_by("-opened_at")[:limit]


def hand_offs_seen_by(member: StaffMember) -> QuerySet[HandOff]:
    """Files with cases of this member's, the newest first, with how many those are."""
    mine = Q(lines__case__in=handled_by(member).values("pk"))
    found = HandOff.objects.annotate(count=Count("lines", filter=mine))
    return found.filter(count__gt=0).order_by("-made_at")


def timeline_for_applicant(case: Case) -> QuerySet[CaseEvent]:
    """What the applicant may read, in order."""
    return case.events.filter(kind__in=APPLICANT_KINDS)
