"""Reading ratings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from .models import Rating
from .rules import wilson_interval


@dataclass(frozen=True)
class Satisfaction:
    """The share (0 to 1) of good answers, with its 95 % interval; None without answers."""

    share: float | None
    answers: int
    low: float
    high: float


def satisfaction(topics: str | Collection[str], span: tuple[datetime, datetime]) -> Satisfaction:
    """How satisfied people were with topics between two moments (the second not included)."""
    counts = _ratings(topics, span)
    found = counts.aggregate(answers=Count("id"), good=Count("id", filter=Q(face=Rating.Face.GOOD)))
    low, high = wilson_interval(found["good"], found["answers"])
    share = found["good"] / found["answers"] if found["answers"] else None
    return Satisfaction(share, found["answers"], low, high)


def newest_ratings(
    topics: str | Collection[str], span: tuple[datetime, datetime], limit: int = 50
) -> QuerySet[Rating]:
    """The newest answers to topics in a span."""
    return _ratings(topics, span).order_by("-rated_at")[:limit]


def _ratings(topics: str | Collection[str], span: tuple[datetime, datetime]) -> QuerySet[Rating]:
    wanted = [topics] if isinstance(topics, str) else list(topics)
    return Rating.objects.filter(topic__in=wanted, rated_at__gte=span[0], rated_at__lt=span[1])
