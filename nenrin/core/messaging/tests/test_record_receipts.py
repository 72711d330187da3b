from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nenrin.core.messaging.models import Delivery, HouseholdReach, Receipt
from nenrin.core.messaging.services.record_answer import AnswerRefused, record_answer
from nenrin.core.messaging.services.record_receipts import FOLD, Report, fold_parameters
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.tokens import BadToken, delivery_token, read_delivery_token

from .drafts import make_message

REPORTED = [DeliveryState.DELIVERED, DeliveryState.OPENED, DeliveryState.CONFIRMED]


@pytest.fixture
def deliveries(small_town):
    message = make_message()
    release_message(message=message, acting_user="tester")
    return list(Delivery.objects.filter(message=message, channel__kind="webpush")[:3])


def _fold(reports):
    with connection.cursor() as cursor:
        cursor.execute(FOLD, fold_parameters(reports))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    groups=st.lists(
        st.lists(st.tuples(st.integers(0, 2), st.sampled_from(REPORTED)), min_size=1, max_size=5),
        min_size=1,
        max_size=5,
    )
)
def test_any_order_of_receipts_ends_in_the_furthest_state(deliveries, groups):
    ids = [delivery.pk for delivery in deliveries]
    Receipt.objects.filter(delivery__in=ids).delete()
    Delivery.objects.filter(pk__in=ids).update(
        state=DeliveryState.SENT, delivered_at=None, opened_at=None, confirmed_at=None
    )
    furthest = dict.fromkeys(ids, DeliveryState.SENT)
    for group in groups:
        before = dict(Delivery.objects.filter(pk__in=ids).values_list("pk", "state"))
        _fold([Report(ids[index], state, timezone.now()) for index, state in group])
        for index, state in group:
            furthest[ids[index]] = max(furthest[ids[index]], state)
        after = dict(Delivery.objects.filter(pk__in=ids).values_list("pk", "state"))
        assert all(after[pk] >= before[pk] for pk in ids)
    assert after == furthest
    reached = HouseholdReach.objects.filter(message=deliveries[0].message, reached=True)
    confirmed = {d.household_id for d in deliveries if furthest[d.pk] == DeliveryState.CONFIRMED}
    assert set(reached.values_list("household_id", flat=True)) == confirmed


def test_the_first_time_of_each_step_is_kept(deliveries):
    one = deliveries[0]
    early, late = one.planned_at + timedelta(microseconds=5), timezone.now()
    _fold([Report(one.pk, DeliveryState.CONFIRMED, late)])
    _fold([Report(one.pk, DeliveryState.OPENED, early)])
    one.refresh_from_db()
    assert (one.opened_at, one.confirmed_at) == (early, late)
    assert one.state == DeliveryState.CONFIRMED


def test_a_device_with_a_wrong_clock_reports_neither_past_nor_future(deliveries):
    one = deliveries[0]
    _fold([Report(one.pk, DeliveryState.OPENED, timezone.now() + timedelta(days=9))])
    one.refresh_from_db()
    assert one.opened_at <= timezone.now()
    _fold([Report(one.pk, DeliveryState.OPENED, timezone.now() - timedelta(days=9))])
    one.refresh_from_db()
    assert one.opened_at == one.planned_at


def test_a_receipt_for_a_delivery_of_another_town_changes_nothing(deliveries):
    _fold([Report(10**12, DeliveryState.CONFIRMED, timezone.now())])
    assert not Receipt.objects.exists()


def test_a_token_names_its_delivery_and_cannot_be_made_up():
    token = delivery_token("063614", 123456)
    assert read_delivery_token(token) == ("063614", 123456)
    for wrong in ("", "x", token[:-1], token.replace("063614", "063622"), "063614--"):
        with pytest.raises(BadToken):
            read_delivery_token(wrong)


def test_an_answer_reaches_the_household_and_the_newest_counts(deliveries):
    one = deliveries[0]
    record_answer(delivery=one, answer="safe")
    record_answer(delivery=one, answer="safe")
    record_answer(delivery=one, answer="help", words="二階にいます")
    reach = HouseholdReach.objects.get(message=one.message, household=one.household)
    assert reach.reached and reach.answered and reach.needs_help
    assert one.message.answers.count() == 2


def test_a_wrong_answer_is_refused(deliveries):
    with pytest.raises(AnswerRefused):
        record_answer(delivery=deliveries[0], answer="maybe")
