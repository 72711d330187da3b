"""A message for one person: nobody else of the household hears of it."""

import pytest

from nenrin.core.messaging.models import (
    Audience,
    AudienceHousehold,
    Delivery,
    Endpoint,
    Message,
    Visit,
)
from nenrin.core.messaging.selectors.reach import messages_for_everyone
from nenrin.core.messaging.services.climb_ladder import plan_rung, plan_visits
from nenrin.core.messaging.services.release_message import NotReleasable, release_message
from nenrin.core.people.models import Person
from nenrin.core.tenancy.scope import town_scope

from .drafts import make_message


@pytest.fixture
def family(small_town):
    """Two who live together with devices of their own, and the tablet in the living room."""
    home = (
        Person.objects.filter(household__endpoints__person__isnull=False, left_on=None)
        .order_by("number")[0]
        .household
    )
    Endpoint.objects.filter(household=home).delete()
    first, second = Person.objects.filter(household=home, left_on=None).order_by("number")[:2]
    now = "2026-11-01T00:00:00Z"
    for number, owner in enumerate([first, second, None]):
        Endpoint.objects.create(
            household=home,
            person=owner,
            kind="webpush" if owner else "tablet",
            address=f"{number}@example.invalid",
            verified_at=now,
            consented_at=now,
        )
    return first, second


def _send(person):
    message = make_message(persons=[person.pk])
    release_message(message=message, acting_user="tester")
    for position in range(1, 5):
        plan_rung(message=message, position=position)
    return message


def test_only_their_own_devices_are_planned_on_every_rung(family):
    message = _send(family[0])
    rows = Delivery.objects.filter(message=message)
    assert [row.endpoint.person for row in rows] == [family[0]]
    assert plan_visits(message) == 0 and not Visit.objects.filter(message=message).exists()
    meant = AudienceHousehold.objects.get(message=message)
    assert meant.household_id == family[0].household_id


def test_who_lives_alone_hears_it_on_the_tablet_too(family):
    Person.objects.filter(pk=family[1].pk).update(left_on="2026-01-01")
    Person.objects.filter(household=family[0].household_id).exclude(
        pk__in=[one.pk for one in family]
    ).update(left_on="2026-01-01")
    rows = Delivery.objects.filter(message=_send(family[0]))
    assert {row.endpoint.kind for row in rows} == {"webpush", "tablet"}


def test_it_is_not_for_everyone_and_not_for_another_town(family):
    message = _send(family[0])
    assert message not in messages_for_everyone()
    with town_scope("063622"):
        assert not Message.objects.exists() and not Audience.objects.exists()


def test_nobody_living_here_is_refused(family):
    Person.objects.filter(pk=family[0].pk).update(left_on="2026-01-01")
    with pytest.raises(NotReleasable):
        _send(family[0])
