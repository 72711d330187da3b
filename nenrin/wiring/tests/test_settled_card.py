"""A card that became somebody's: their household hears of it, their applications get a name."""

import pytest
from django.utils import timezone

from nenrin.core.messaging.models import Message
from nenrin.core.people.events import CardSettled
from nenrin.core.people.models import CardIdentity, Person
from nenrin.residents.procedures.models import Application, Identity
from nenrin.residents.procedures.tests.factories import begin
from nenrin.wiring.settled_card_is_told import tell_household
from nenrin.wiring.settled_card_names_applicant import name_applicant_of_card


@pytest.fixture
def card(small_town):
    now = timezone.now()
    return CardIdentity.objects.create(
        issuer="https://c", subject="p", says={"name": "x"}, first_at=now, last_at=now
    )


def _person(has_device):
    heads = Person.objects.filter(is_head=True, household__isnull=False)
    devices = {"household__endpoints__kind": "tablet"}
    found = heads.filter(**devices) if has_device else heads.exclude(**devices)
    return found.order_by("number").first()


def test_a_household_with_a_device_is_told(card):
    person = _person(has_device=True)
    tell_household(CardSettled(card=card.pk, person=person.pk, by_staff=True))
    message = Message.objects.get(source="cards")
    assert message.audience.households == [person.household_id] and message.released_at
    assert str(person) not in message.body


def test_one_without_a_device_is_not_put_on_the_neighbours_paper(card):
    person = _person(has_device=True)
    person.household.endpoints.all().delete()
    tell_household(CardSettled(card=card.pk, person=person.pk, by_staff=True))
    assert not Message.objects.filter(source="cards").exists()


def test_nobody_is_told_of_a_card_that_was_declined(card):
    tell_household(CardSettled(card=card.pk, person=None, by_staff=True))
    assert not Message.objects.filter(source="cards").exists()


def test_waiting_applications_get_their_applicant(card):
    made, _ = begin(identity=Identity.CARD)
    Application.objects.filter(pk=made.pk).update(card=card)
    person = _person(has_device=True)
    name_applicant_of_card(CardSettled(card=card.pk, person=person.pk, by_staff=True))
    made.refresh_from_db()
    assert (made.person, made.household) == (person, person.household)
