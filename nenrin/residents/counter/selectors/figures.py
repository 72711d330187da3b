"""Waiting and minutes, per service, hour and weekday."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, F, Max, Q, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from nenrin.engines.bookings.rules import WEEKDAYS

from ..models import Ticket

State = Ticket.State


@dataclass(frozen=True)
class Line:
    """One row: how many came, and minutes on average (None where nobody was called)."""

    label: str
    tickets: int
    absent: int
    wait: float | None
    longest: float | None
    took: float | None


def by_service(first: date, last: date) -> list[Line]:
    """One line for each service that had visitors."""
    rows = _tickets(first, last).values("service__name").order_by("service__order")
    return _lines(rows, "service__name", str)


def by_hour(first: date, last: date) -> list[Line]:
    """By the hour at which numbers were taken."""
    rows = _tickets(first, last).annotate(hour=ExtractHour("taken_at"))
    return _lines(rows.values("hour").order_by("hour"), "hour", lambda hour: f"{hour}時")


def by_weekday(first: date, last: date) -> list[Line]:
    """By the day of the week."""
    rows = _tickets(first, last).annotate(weekday=ExtractIsoWeekDay("taken_at"))
    return _lines(
        rows.values("weekday").order_by("weekday"), "weekday", lambda n: f"{WEEKDAYS[n - 1]}曜"
    )


def rows_for_export(first: date, last: date) -> QuerySet[Ticket]:
    """Every number, without whose it was."""
    return (
        Ticket.objects.filter(day__gte=first, day__lte=last)
        .select_related("service", "window")
        .order_by("day", "taken_at", "number")
    )


def _tickets(first: date, last: date) -> QuerySet[Ticket]:
    return Ticket.objects.filter(day__gte=first, day__lte=last).exclude(state=State.CANCELLED)


def _lines(rows: QuerySet[Any], key: str, label: Callable[..., str]) -> list[Line]:
    waited = F("called_at") - F("taken_at")
    found = rows.annotate(
        tickets=Count("id"),
        absent=Count("id", filter=Q(state=State.ABSENT)),
        wait=Avg(waited),
        longest=Max(waited),
        took=Avg(F("finished_at") - F("called_at"), filter=Q(state=State.DONE)),
    )
    return [
        Line(
            label(row[key]),
            row["tickets"],
            row["absent"],
            _minutes(row["wait"]),
            _minutes(row["longest"]),
            _minutes(row["took"]),
        )
        for row in found
    ]


def minutes_between(start: datetime | None, end: datetime | None) -> float | None:
    """Rounded as the tables show it; None where one of them is missing."""
    return _minutes(end - start) if start and end else None


def _minutes(span: timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds() / 60, 1)
