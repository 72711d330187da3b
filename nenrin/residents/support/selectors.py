"""Reading requests for help."""

from dataclasses import dataclass

from django.db.models import Avg, Count, Q, QuerySet

from .models import SupportRequest, SupportVisit, Trouble


def open_requests() -> QuerySet[SupportRequest]:
    """What waits for a visit, the oldest first."""
    return (
        SupportRequest.objects.exclude(state=SupportRequest.State.CLOSED)
        .select_related("district")
        .prefetch_related("visits")
    )


def newest_visits(limit: int = 30) -> QuerySet[SupportVisit]:
    """What was done lately."""
    return SupportVisit.objects.select_related("request__district").order_by("-visited_at")[:limit]


@dataclass(frozen=True)
class TroubleCount:
    """Where the trouble lies: visits, how many solved it, and minutes on average."""

    label: str
    visits: int
    solved: int
    minutes: float


def troubles() -> list[TroubleCount]:
    """Every kind of trouble that was met, the commonest first."""
    rows = (
        SupportVisit.objects.values("trouble")
        .annotate(
            visits=Count("id"),
            solved=Count("id", filter=Q(result=SupportVisit.Result.SOLVED)),
            minutes=Avg("minutes"),
        )
        .order_by("-visits", "trouble")
    )
    return [
        TroubleCount(Trouble(r["trouble"]).label, r["visits"], r["solved"], r["minutes"])
        for r in rows
    ]
