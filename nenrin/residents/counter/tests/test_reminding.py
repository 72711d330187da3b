"""The evening before somebody hears of it once; what is over is forgotten."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from nenrin.core.messaging.models import Message
from nenrin.core.people.models import Person
from nenrin.engines.bookings.models import Booking
from nenrin.engines.bookings.rules import Slot
from nenrin.engines.bookings.services.book import Booker, book
from nenrin.engines.bookings.services.set_pattern import set_pattern

from ..models import Preparation, Ticket
from ..sealing import unseal
from ..services.erase_old import erase_old
from ..services.keep_preparation import (
    Comer,
    CounterRefused,
    finish_preparation,
    keep_answers,
    start_preparation,
)
from ..services.remind_bookings import remind_bookings
from .factories import make_service

NOW = timezone.make_aware(datetime(2126, 11, 25, 17, 5))


@pytest.fixture
def desk(small_town):
    return set_pattern(key="desk", fields={"name": "相談"}, times=[], acting_user="t")


def _book(desk, person, days, name="杉山 花子"):
    start = NOW.replace(hour=9) + timedelta(days=days, minutes=40 * Booking.objects.count())
    slot = Slot(start, start + timedelta(minutes=30))
    booker = Booker(name, "0233521111", person=person)
    return book(resource=desk, slot=slot, booker=booker, acting_user="t")


def test_tomorrows_bookings_are_told_once(desk):
    person = Person.objects.filter(household__endpoints__kind="tablet").first()
    _book(desk, person, 1)
    _book(desk, person, 2)
    _book(desk, None, 1)
    assert remind_bookings(now=NOW) == 1
    assert Message.objects.get().title == "あす9時05分の予約のお知らせ"
    assert remind_bookings(now=NOW) == 0 and Message.objects.count() == 1


def test_names_of_long_ago_are_forgotten(desk):
    person = Person.objects.first()
    old = _book(desk, person, -100)
    nameless = _book(desk, person, -100, name="")
    kept = _book(desk, person, -10)
    ticket = Ticket.objects.create(
        service=make_service(),
        day=NOW.date(),
        number=1,
        label="A001",
        source="phone",
        taken_at=NOW - timedelta(days=3),
        person=person,
    )
    erase_old(now=NOW)
    old.refresh_from_db()
    nameless.refresh_from_db()
    kept.refresh_from_db()
    ticket.refresh_from_db()
    assert (old.name, old.telephone, old.person) == ("", "", None)
    assert (nameless.telephone, nameless.person) == ("", None)
    assert kept.name == "杉山 花子" and ticket.person is None


def test_a_finished_visit_leaves_nothing_to_read(town):
    comer = Comer(Preparation.Mouth.PHONE)
    made, _ = start_preparation(interview="birth", comer=comer, acting_user="t")
    keep_answers(preparation=made, part="facts", answers={"applicant": {"family": "杉山"}})
    kept = Preparation.objects.get().sealed
    assert unseal(made.pk, kept)["facts"]["applicant"]["family"] == "杉山"
    finish_preparation(preparation=made, acting_user="t")
    found = Preparation.objects.get()
    assert (found.sealed, found.code_hash, found.person) == ("", "", None)
    with pytest.raises(CounterRefused):
        keep_answers(preparation=made, part="facts", answers={})
    stranger, _ = start_preparation(interview="birth", comer=comer, acting_user="t")
    assert unseal(stranger.pk, kept) == {}
