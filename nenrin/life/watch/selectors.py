"""Reading the watch."""

from django.db.models import QuerySet
from django.utils import timezone

from .models import CheckIn, Concern, WatchPlan


def open_concerns() -> QuerySet[Concern]:
    """What waits to be looked after, the oldest first."""
    return (
        Concern.objects.exclude(state=Concern.State.CLOSED)
        .select_related("household__district", "household__neighbourhood")
        .order_by("opened_at")
    )


def closed_concerns(limit: int = 30) -> QuerySet[Concern]:
    """What was looked after lately."""
    return (
        Concern.objects.filter(state=Concern.State.CLOSED)
        .select_related("household__district")
        .order_by("-closed_at")[:limit]
    )


def watched_households() -> QuerySet[WatchPlan]:
    """Households that want to be missed."""
    return WatchPlan.objects.select_related("household__district").order_by(
        "household__district__code", "household__number"
    )


def checked_in_today() -> int:
    """How many households said 元気です today."""
    return CheckIn.objects.filter(day=timezone.localdate()).count()


def has_checked_in(household_id: int) -> bool:
    """Whether this household said 元気です today."""
    return CheckIn.objects.filter(household=household_id, day=timezone.localdate()).exists()
