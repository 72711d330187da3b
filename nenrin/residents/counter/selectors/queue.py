"""Reading the queue: who waits, where they stand, and how long it will take."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ..models import Service, Ticket, Window
from ..rules import Measured, expected_wait, minutes_each, shown_wait

RECENT = timedelta(days=28)
# A window counts as busy with a service when it called somebody within this time.
BUSY = timedelta(minutes=60)
LONGEST = 180.0
SHOWN_CALLS = 4
State = Ticket.State


def waiting_today(day: date) -> QuerySet[Ticket]:
    """Everyone who waits, in the order of their numbers' times."""
    waiting = Ticket.objects.filter(day=day, state=State.WAITING)
    return waiting.select_related("service", "wanted_window").order_by("taken_at", "number")


def waiting_for(window: Window, day: date) -> QuerySet[Ticket]:
    """Who waits for one window."""
    mine = Q(wanted_window=window) | Q(wanted_window=None, service__duties__window=window)
    return waiting_today(day).filter(mine).distinct()


def at_window(window: Window) -> Ticket | None:
    """Who is at the window now."""
    called = Ticket.objects.filter(window=window, state=State.CALLED)
    return called.select_related("service", "preparation").first()


def newest_calls(day: date) -> list[Ticket]:
    """What the call screen shows: who is called now, the newest first."""
    called = Ticket.objects.filter(day=day, state=State.CALLED, window__isnull=False)
    return list(
        called.select_related("window", "service").order_by("-last_called_at")[:SHOWN_CALLS]
    )


def absent_today(day: date) -> QuerySet[Ticket]:
    """Who did not come when called; they may still be called again."""
    absent = Ticket.objects.filter(day=day, state=State.ABSENT)
    return absent.select_related("service").order_by("-finished_at")


@dataclass(frozen=True)
class Wait:
    """How many are before a number, and about how many minutes that takes."""

    ahead: int
    minutes: int
    windows: int
    each: float

    @property
    def words(self) -> str:
        """For people."""
        return shown_wait(self.minutes)


def wait_of(ticket: Ticket, now: datetime) -> Wait:
    """The wait of a number that has not been called."""
    before = Q(taken_at__lt=ticket.taken_at) | Q(taken_at=ticket.taken_at, number__lt=ticket.number)
    same = Ticket.objects.filter(service=ticket.service_id, day=ticket.day, state=State.WAITING)
    return _wait(ticket.service, same.filter(before).count(), now)


def wait_for_new(service: Service, now: datetime) -> Wait:
    """The wait of whoever takes a number now."""
    waiting = Ticket.objects.filter(
        service=service, day=timezone.localdate(now), state=State.WAITING
    )
    return _wait(service, waiting.count(), now)


def _wait(service: Service, ahead: int, now: datetime) -> Wait:
    day = timezone.localdate(now)
    each = minutes_each(_measured(service, day), service.usual_minutes)
    serving = Ticket.objects.filter(service=service, day=day, state=State.CALLED)
    spent = [
        (now - called).total_seconds() / 60
        for called in serving.values_list("last_called_at", flat=True)
        if called
    ]
    windows = max(_busy_windows(service, now), len(spent), 1)
    return Wait(ahead, expected_wait(ahead, spent, each, windows), windows, each)


def _busy_windows(service: Service, now: datetime) -> int:
    recent = Ticket.objects.filter(
        service=service, window__isnull=False, last_called_at__gte=now - BUSY
    )
    return recent.values("window").distinct().count()


def _measured(service: Service, day: date) -> Measured:
    done = Ticket.objects.filter(service=service, state=State.DONE, called_at__isnull=False)
    spent = done.annotate(took=F("finished_at") - F("called_at"))
    rows = spent.filter(day__gt=day - RECENT, day__lte=day).values_list("day", "took")
    today: list[float] = []
    recent: list[float] = []
    for when, took in rows:
        minutes = min(took.total_seconds() / 60, LONGEST)
        (today if when == day else recent).append(minutes)
    return Measured(today, recent)
