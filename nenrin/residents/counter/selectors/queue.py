"""Reading the queue: who waits, where they stand, and how long it will take."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from ..models import Service, Ticket, Window
from ..rules import Measured, expected_wait, minutes_each, shown_wait

RECENT = timedelta(days=28)
# A window counts as busy with a service when it called somebody within this time.
BUSY = timedelta(minutes=60)
LONGEST = 180.0
SHOWN_CALLS = 4
State = Ticket.State
IS_BOOKED = ExpressionWrapper(Q(source=Ticket.Source.BOOKING), BooleanField())
IN_TURN = (F("wanted_window").asc(nulls_last=True), IS_BOOKED.desc(), "taken_at", "number")


def waiting_today(day: date) -> QuerySet[Ticket]:
    """Everyone who waits, as they are called: those sent to a window, booked ones, then by time."""
    waiting = Ticket.objects.filter(day=day, state=State.WAITING)
    return waiting.select_related("service", "wanted_window").order_by(*IN_TURN)


def waiting_for(window: Window, day: date) -> QuerySet[Ticket]:
    """Who waits for one window."""
    done_here = window.duties.values("service")
    mine = Q(wanted_window=window) | Q(wanted_window=None, service__in=done_here)
    return waiting_today(day).filter(mine)


def in_line(*, service: int, window: int | None, day: date) -> QuerySet[Ticket]:
    """The line of a service; or, for whoever was sent to a window, the line before that window."""
    waiting = waiting_today(day).filter(wanted_window=window)
    return waiting if window else waiting.filter(service=service)


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
    each: float

    @property
    def words(self) -> str:
        """For people."""
        return shown_wait(self.minutes)


def wait_of(ticket: Ticket, now: datetime) -> Wait:
    """The wait of a number that has not been called."""
    line = in_line(service=ticket.service_id, window=ticket.wanted_window_id, day=ticket.day)
    places = {pk: place for place, pk in enumerate(line.values_list("pk", flat=True))}
    return _wait(places.get(ticket.pk, 0), _desks([ticket.service], now)[ticket.service_id])


def waits_for_new(services: Sequence[Service], now: datetime) -> list[tuple[Service, Wait]]:
    """The wait of whoever takes a number now, for each service; four queries for all of them."""
    waiting = Ticket.objects.filter(day=timezone.localdate(now), state=State.WAITING)
    counts = dict(waiting.order_by().values_list("service").annotate(n=Count("id")))
    desks = _desks(services, now)
    return [(one, _wait(counts.get(one.pk, 0), desks[one.pk])) for one in services]


@dataclass
class _Desk:
    """What is known of one service: minutes of each visit, who is there, and busy windows."""

    usual: int
    today: list[float] = field(default_factory=list)
    recent: list[float] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)
    windows: int = 0


def _wait(ahead: int, desk: _Desk) -> Wait:
    each = minutes_each(Measured(desk.today, desk.recent), desk.usual)
    windows = max(desk.windows, len(desk.spent), 1)
    return Wait(ahead, expected_wait(ahead, desk.spent, each, windows), each)


def _desks(services: Sequence[Service], now: datetime) -> dict[int, _Desk]:
    day = timezone.localdate(now)
    found = {service.pk: _Desk(service.usual_minutes) for service in services}
    tickets = Ticket.objects.filter(service__in=services).order_by()
    done = tickets.filter(state=State.DONE, called_at__isnull=False, day__gt=day - RECENT)
    took = done.annotate(took=F("finished_at") - F("called_at"))
    for service, when, span in took.values_list("service", "day", "took"):
        minutes = min(span.total_seconds() / 60, LONGEST)
        (found[service].today if when == day else found[service].recent).append(minutes)
    serving = tickets.filter(day=day, state=State.CALLED, last_called_at__isnull=False)
    for service, called in serving.values_list("service", "last_called_at"):
        found[service].spent.append((now - (called or now)).total_seconds() / 60)
    busy = tickets.filter(window__isnull=False, last_called_at__gte=now - BUSY)
    for service, windows in busy.values_list("service").annotate(n=Count("window", distinct=True)):
        found[service].windows = windows
    return found
