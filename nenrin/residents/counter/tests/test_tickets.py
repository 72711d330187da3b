"""Numbers: drawn within the hours, called in turn, handed over, and how long it takes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from nenrin.core.messaging.models import Message
from nenrin.core.people.models import Person

from ..models import Ticket
from ..selectors.figures import by_hour, by_service, by_weekday
from ..selectors.queue import newest_calls, wait_of, waiting_for, waits_for_new
from ..services.call_ticket import (
    call_again,
    call_next,
    call_number,
    cancel_ticket,
    close_ticket,
    hand_over,
)
from ..services.keep_preparation import CounterRefused
from .factories import MORNING, make_service, make_window, take


class Clock:
    """A clock that a test moves."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now

    def later(self, **span):
        self.now += timedelta(**span)


@pytest.fixture
def clock(monkeypatch):
    made = Clock(MORNING)
    monkeypatch.setattr(timezone, "now", made)
    return made


@pytest.fixture
def desk(town, clock):
    service, other = make_service(), make_service("tax", "B", name="税")
    return service, other, make_window(1, service), make_window(2, service, other)


def _wait_now(service, clock):
    ((_, wait),) = waits_for_new([service], clock())
    return wait


def test_numbers_count_up_by_service_and_begin_anew_each_day(desk, clock):
    service, other, *_ = desk
    labels = [take(service).label, take(service).label, take(other).label]
    assert labels == ["A001", "A002", "B001"]
    clock.later(days=1)
    assert take(service).label == "A001"


def test_a_page_left_open_overnight_draws_a_number_of_the_new_day(desk, clock):
    first = take(desk[0], "kiosk", key=uuid4())
    assert take(desk[0], "kiosk", key=first.pk) == first
    clock.later(days=1)
    assert take(desk[0], "kiosk", key=first.pk).day == clock().date()


@pytest.mark.parametrize("later", [{"hours": 9}, {"days": -1}, {"days": -7}])
def test_outside_the_hours_there_is_no_number(desk, clock, later):
    """In the evening, on a Sunday, and on 勤労感謝の日 (observed)."""
    clock.later(**later)
    with pytest.raises(CounterRefused, match="8時30分"):
        take(desk[0])


def test_a_service_may_keep_its_numbers_at_the_town_hall(desk):
    desk[0].takes_phones = False
    with pytest.raises(CounterRefused):
        take(desk[0], "phone")


def test_calling_goes_by_time_and_booked_ones_first(desk, clock):
    service, other, first, second = desk
    early = take(other)
    clock.later(minutes=1)
    late, booked = take(service), take(service, "booking")
    assert call_next(window=first, acting_user="t") == booked
    with pytest.raises(CounterRefused, match="終わり"):
        call_next(window=first, acting_user="t")
    assert call_next(window=second, acting_user="t") == early
    close_ticket(ticket=early.pk, state="done", acting_user="t")
    clock.later(minutes=1)
    assert call_next(window=second, acting_user="t") == late
    assert [one.label for one in newest_calls(timezone.localdate())] == ["A001", "A002"]
    close_ticket(ticket=late.pk, state="absent", acting_user="t")
    assert call_next(window=second, acting_user="t") is None
    assert call_number(window=second, ticket=late.pk, acting_user="t").calls == 2


def test_the_database_lets_one_number_stand_at_a_window(desk):
    service, _, first, _ = desk
    take(service), take(service)
    call_next(window=first, acting_user="t")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(state="waiting").update(state="called", window=first)


def test_handed_over_they_are_next_there_and_nowhere_else(desk, clock):
    service, other, first, second = desk
    gone, waits = take(service), take(other)
    call_next(window=first, acting_user="t")
    call_again(ticket=gone.pk, acting_user="t")
    hand_over(ticket=gone.pk, to=second, acting_user="t")
    assert call_next(window=first, acting_user="t") is None
    assert call_next(window=second, acting_user="t") == gone
    with pytest.raises(CounterRefused):
        hand_over(ticket=gone.pk, to=second, acting_user="t")
    with pytest.raises(CounterRefused):
        cancel_ticket(ticket=gone.pk)
    assert cancel_ticket(ticket=waits.pk).state == "cancelled"


def test_lists_waits_and_calls_follow_one_order(desk, clock):
    service, _, first, second = desk
    early, sent_on = take(service), take(service)
    call_number(window=first, ticket=sent_on.pk, acting_user="t")
    hand_over(ticket=sent_on.pk, to=second, acting_user="t")
    clock.later(minutes=1)
    booked = take(service, "booking")
    assert list(waiting_for(second, clock().date())) == [sent_on, booked, early]
    sent_on.refresh_from_db()
    assert [wait_of(one, clock()).ahead for one in (sent_on, booked, early)] == [0, 0, 1]
    assert call_next(window=second, acting_user="t") == sent_on
    assert call_next(window=first, acting_user="t") == booked


def test_the_wait_comes_from_what_was_measured(desk, clock):
    service, _, first, second = desk
    assert _wait_now(service, clock).minutes == 0
    for _ in range(3):
        ticket = take(service)
        call_next(window=first, acting_user="t")
        clock.later(minutes=20)
        close_ticket(ticket=ticket.pk, state="done", acting_user="t")
    here, waits = take(service), take(service)
    call_next(window=first, acting_user="t")
    clock.later(minutes=5)
    wait = wait_of(waits, clock())
    assert (wait.ahead, wait.each, wait.minutes) == (0, 20, 15)
    call_next(window=second, acting_user="t")
    assert _wait_now(service, clock).minutes == 18
    lines = by_service(MORNING.date(), MORNING.date())
    assert [(x.label, x.tickets, x.took, x.wait) for x in lines] == [("総合窓口", 5, 20.0, 1.0)]
    assert [(x.label, x.tickets) for x in by_hour(MORNING.date(), MORNING.date())] == [
        ("10時", 3),
        ("11時", 2),
    ]
    assert by_weekday(MORNING.date(), MORNING.date())[0].label == "月曜"
    assert here.pk != waits.pk


def test_whoever_is_next_hears_of_it_once(small_town, clock):
    service = make_service()
    windows = make_window(1, service), make_window(2, service)
    person = Person.objects.filter(household__endpoints__kind="tablet").first()
    take(service)
    mine, _ = take(service, person=person), take(service)
    call_next(window=windows[0], acting_user="t")
    assert Message.objects.get(source="counter").title == f"番号 {mine.label}: 次の番です"
    call_again(ticket=Ticket.objects.get(state="called").pk, acting_user="t")
    close_ticket(ticket=Ticket.objects.get(state="called").pk, state="done", acting_user="t")
    call_next(window=windows[0], acting_user="t")
    assert Message.objects.filter(source="counter").count() == 1
