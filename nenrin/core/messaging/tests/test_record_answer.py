from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from nenrin.core.messaging.models import Delivery, HouseholdReach, SafetyAnswer
from nenrin.core.messaging.services.record_answer import AnswerRefused, Given, record_answer
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.people.models import Person

from .drafts import make_message


@pytest.fixture
def delivery(small_town):
    message = make_message()
    release_message(message=message, acting_user="tester")
    found = Delivery.objects.filter(message=message, endpoint__person__isnull=False)
    return max(found, key=lambda one: Person.objects.filter(household=one.household_id).count())


@pytest.fixture
def family(delivery):
    return list(Person.objects.filter(household=delivery.household_id).order_by("pk"))


def needs_help(delivery):
    return HouseholdReach.objects.get(
        message=delivery.message_id, household=delivery.household_id
    ).needs_help


def answer(delivery, said, person=None, **given):
    given |= {"person_id": person.pk if person else None}
    record_answer(delivery=delivery, answer=said, given=Given(**given))


def test_one_persons_safety_does_not_hide_anothers_need(delivery, family):
    first, second, *_ = family
    answer(delivery, "help", first, place="二階")
    answer(delivery, "safe", second)
    assert needs_help(delivery)
    answer(delivery, "safe", first)
    assert not needs_help(delivery)


def test_a_later_answer_for_the_whole_house_stands_for_everyone(delivery, family):
    answer(delivery, "help", family[0])
    SafetyAnswer.objects.create(
        message=delivery.message,
        household_id=delivery.household_id,
        answer="safe",
        answered_at=timezone.now() + timedelta(seconds=1),
    )
    assert not needs_help(delivery)


def test_someone_of_another_household_is_refused(delivery):
    stranger = Person.objects.exclude(household=delivery.household_id).first()
    with pytest.raises(AnswerRefused, match="この世帯"):
        answer(delivery, "safe", stranger)
    assert not SafetyAnswer.objects.exists()


def test_an_answer_sent_twice_is_kept_once_even_after_a_newer_one(delivery, family):
    waited = {"client_id": uuid4(), "at": timezone.now() - timedelta(minutes=5)}
    answer(delivery, "help", family[0], **waited)
    answer(delivery, "safe", family[0])
    answer(delivery, "help", family[0], **waited)
    assert SafetyAnswer.objects.count() == 2
    assert not needs_help(delivery)


def test_an_answer_that_waited_does_not_outrank_one_given_later(delivery, family):
    earlier = max(timezone.now() - timedelta(minutes=1), delivery.message.released_at)
    answer(delivery, "safe", family[0])
    answer(delivery, "help", family[0], client_id=uuid4(), at=earlier)
    assert not needs_help(delivery)


@pytest.mark.parametrize("days", [-400, 400])
def test_a_devices_wrong_clock_is_kept_within_reason(delivery, family, days):
    answer(delivery, "safe", family[0], at=timezone.now() + timedelta(days=days))
    at = SafetyAnswer.objects.get().answered_at
    assert delivery.message.released_at <= at <= timezone.now()
