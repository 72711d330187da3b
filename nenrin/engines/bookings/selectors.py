"""Reading what is offered and what is taken."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from .models import Booking, Resource
from .rules import Pattern, Slot, Times

OpenDay = Callable[[date], bool]


def open_resources(*, rooms: bool = False) -> QuerySet[Resource]:
    """What may be booked now."""
    return Resource.objects.filter(is_open=True, is_room=rooms)


def offered_slots(resource: Resource, now: datetime, is_open_day: OpenDay) -> list[Slot]:
    """Every time of the pattern, whether taken or not."""
    times = tuple(Times(o.weekday, o.starts, o.ends, o.minutes) for o in resource.openings.all())
    closed = set(resource.closures.values_list("day", flat=True))
    every_day = resource.is_every_day
    pattern = Pattern(
        times,
        resource.first_day,
        resource.days,
        closed,
        (lambda day: True) if every_day else is_open_day,
    )
    return list(pattern.slots(now))


def free_slots(resource: Resource, now: datetime, is_open_day: OpenDay) -> list[Slot]:
    """The times that still have a seat."""
    offered = offered_slots(resource, now, is_open_day)
    if not offered:
        return []
    taken = _taken(resource, offered[0].starts_at, offered[-1].ends_at)
    return [
        slot
        for slot in offered
        if sum(s < slot.ends_at and e > slot.starts_at for s, e in taken) < resource.seats
    ]


def _taken(resource: Resource, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    rows = resource.bookings.exclude(state=Booking.State.CANCELLED)
    rows = rows.filter(starts_at__lt=end, ends_at__gt=start)
    return list(rows.values_list("starts_at", "ends_at"))


def bookings_on(day: date) -> QuerySet[Booking]:
    """The bookings of a day, rooms left out, with their room."""
    start = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    rows = Booking.objects.filter(starts_at__gte=start, starts_at__lt=start + timedelta(days=1))
    rows = rows.filter(room_for=None).exclude(state=Booking.State.CANCELLED)
    return rows.select_related("resource", "person").prefetch_related("rooms__resource")


def counts_by_day(days: list[date]) -> dict[date, int]:
    """How many bookings each day has."""
    if not days:
        return {}
    start = timezone.make_aware(datetime.combine(min(days), datetime.min.time()))
    rows = Booking.objects.filter(starts_at__gte=start, room_for=None)
    found = rows.exclude(state=Booking.State.CANCELLED).values("starts_at__date")
    return {row["starts_at__date"]: row["n"] for row in found.annotate(n=Count("id"))}
