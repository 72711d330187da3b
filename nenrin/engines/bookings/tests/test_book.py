"""Times on offer, and that each is taken once."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from nenrin.core.areas.japan import JST

from ..models import Booking
from ..rules import Times
from ..selectors import bookings_on, free_slots
from ..services.book import Booker, BookingRefused, book, cancel_booking, move_booking
from ..services.set_pattern import set_closed, set_pattern

NOW = datetime(2126, 11, 25, 9, 0, tzinfo=JST)  # a Monday
MORNING = [Times(day, time(9), time(11), 30) for day in range(5)]


def _weekday(day: date) -> bool:
    return day.weekday() < 5


@pytest.fixture
def desk(town):
    return set_pattern(
        key="desk", fields={"name": "相談", "days": 3}, times=MORNING, acting_user="t"
    )


@pytest.fixture
def room(town):
    fields = {"name": "相談室", "is_room": True}
    return set_pattern(key="room", fields=fields, times=[], acting_user="t")


def _book(desk, slot, **more):
    return book(resource=desk, slot=slot, booker=Booker("金山 花子"), acting_user="t", **more)


def test_times_follow_the_week_and_leave_out_closed_days(desk):
    assert NOW.weekday() == 0
    slots = free_slots(desk, NOW, _weekday)
    days = sorted({slot.starts_at.date() for slot in slots})
    assert days == [date(2126, 11, 26), date(2126, 11, 27), date(2126, 11, 28)]
    assert len(slots) == 12
    set_closed(resource=desk, day=days[0], reason="研修", is_closed=True, acting_user="t")
    later = {slot.starts_at.date() for slot in free_slots(desk, NOW, _weekday)}
    assert days[0] not in later and date(2126, 11, 29) in later


def test_a_time_is_taken_once_even_past_the_service(desk):
    slot = free_slots(desk, NOW, _weekday)[0]
    made = _book(desk, slot)
    assert slot not in free_slots(desk, NOW, _weekday)
    with pytest.raises(BookingRefused):
        _book(desk, slot)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(
            resource=desk,
            seat=1,
            starts_at=slot.starts_at + timedelta(minutes=10),
            ends_at=slot.ends_at + timedelta(minutes=10),
            made_by="t",
        )
    cancel_booking(booking=made.pk, acting_user="t")
    assert slot in free_slots(desk, NOW, _weekday)


def test_a_second_seat_is_a_second_booking_and_no_third(desk):
    desk.seats = 2
    desk.save()
    slot = free_slots(desk, NOW, _weekday)[0]
    assert {_book(desk, slot).seat, _book(desk, slot).seat} == {1, 2}
    with pytest.raises(BookingRefused):
        _book(desk, slot)


def test_moving_frees_the_old_time_and_needs_the_new_one(desk):
    first, second, third = free_slots(desk, NOW, _weekday)[:3]
    made = _book(desk, first)
    _book(desk, second)
    with pytest.raises(BookingRefused):
        move_booking(booking=made.pk, slot=second, acting_user="t")
    move_booking(booking=made.pk, slot=third, acting_user="t")
    free = free_slots(desk, NOW, _weekday)
    assert first in free and third not in free
    assert Booking.objects.get(pk=made.pk).starts_at == third.starts_at


def test_a_room_comes_with_it_or_nothing_does(desk, room):
    desk.seats = 2
    desk.save()
    slot = free_slots(desk, NOW, _weekday)[0]
    made = _book(desk, slot, room=room)
    before = Booking.objects.count()
    with pytest.raises(BookingRefused, match="個室"):
        _book(desk, slot, room=room)
    assert Booking.objects.count() == before == 2
    assert [one.pk for one in bookings_on(slot.starts_at.date())] == [made.pk]
    cancel_booking(booking=made.pk, acting_user="t")
    assert set(Booking.objects.values_list("state", flat=True)) == {"cancelled"}
    assert timezone.now() < slot.starts_at
