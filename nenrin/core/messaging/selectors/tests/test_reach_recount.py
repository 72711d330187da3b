"""The database's reach equals a recount from scratch, whatever came in whatever order."""

from collections import Counter, defaultdict

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nenrin.core.messaging.models import (
    AudienceHousehold,
    Delivery,
    HouseholdReach,
    Receipt,
    SafetyAnswer,
    Visit,
)
from nenrin.core.messaging.selectors.reach import reach_by_channel, reach_by_district, reach_total
from nenrin.core.messaging.sending.record import record_outcomes
from nenrin.core.messaging.services.climb_ladder import plan_rung
from nenrin.core.messaging.services.record_answer import Reply, record_answers
from nenrin.core.messaging.services.record_receipts import FOLD, Report, fold_parameters
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.transports.contract import Fate, Outcome

CHOSEN = 9
VISITS_RUNG = 3
place = st.integers(0, CHOSEN - 1)
happenings = st.one_of(
    st.tuples(st.just("receipt"), place, st.sampled_from([5, 6, 7])),
    st.tuples(st.just("outcome"), place, st.sampled_from(list(Fate))),
    st.tuples(st.just("answer"), place, st.sampled_from(["safe", "help"])),
    st.tuples(st.just("visit"), place, st.none()),
)


@pytest.fixture
def chosen(small_town):
    """Some deliveries of one message, by several channels and to households in common."""
    message = make_message()
    release_message(message=message, acting_user="tester")
    plan_rung(message=message, position=VISITS_RUNG)
    rows = Delivery.objects.filter(message=message, household__isnull=False)
    return list(rows.select_related("message").order_by("household", "id")[:CHOSEN])


def _forget_all(chosen):
    ids = [delivery.pk for delivery in chosen]
    Receipt.objects.all().delete()
    SafetyAnswer.objects.all().delete()
    Visit.objects.update(reached_at=None)
    Delivery.objects.filter(pk__in=ids).update(
        state=DeliveryState.PLANNED,
        attempts=0,
        sent_at=None,
        delivered_at=None,
        opened_at=None,
        confirmed_at=None,
    )


def _happen(chosen, what, index, how):
    one = chosen[index]
    if what == "receipt":
        with connection.cursor() as cursor:
            report = Report(one.pk, DeliveryState(how), timezone.now())
            cursor.execute(FOLD, fold_parameters([report]))
    elif what == "outcome":
        record_outcomes([(Outcome(one.pk, how), 0.0)], {one.pk: 1})
    elif what == "answer":
        record_answers(replies=[Reply(one.pk, how, timezone.now())])
    else:
        Visit.objects.filter(message=one.message, household=one.household_id).update(
            reached_at=timezone.now()
        )


def _recount(message):
    """Reach per household in plain Python, from the rows alone."""
    deliveries = list(Delivery.objects.filter(message=message, household__isnull=False))
    answers = defaultdict(dict)
    for answer in SafetyAnswer.objects.filter(message=message).order_by("answered_at", "id"):
        answers[answer.household_id][answer.person_id] = answer
    visited = {
        visit.household_id: visit.reached_at is not None
        for visit in Visit.objects.filter(message=message)
    }
    counted = {}
    for row in AudienceHousehold.objects.filter(message=message):
        home = row.household_id
        states = [delivery.state for delivery in deliveries if delivery.household_id == home]
        state = max(states, default=-1)
        reached = (
            state >= DeliveryState.CONFIRMED or bool(answers[home]) or visited.get(home, False)
        )
        needs_help = any(_still_asks(given, answers[home]) for given in answers[home].values())
        counted[home] = (
            row.district_id,
            len(states),
            state,
            bool(answers[home]),
            needs_help,
            reached,
        )
    return counted


def _still_asks(given, of_home):
    """A person's newest answer, unless one for the whole house came after it."""
    whole = of_home.get(None)
    return given.answer == "help" and (whole is None or given.answered_at >= whole.answered_at)


def _reach(message):
    rows = HouseholdReach.objects.filter(message=message)
    return {
        row.household_id: (
            row.district_id, row.planned, row.state, row.answered, row.needs_help, row.reached,
        )
        for row in rows
    }  # fmt: skip


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=st.lists(happenings, max_size=30))
def test_states_only_grow_and_the_reach_is_that_of_a_recount(chosen, story):
    _forget_all(chosen)
    ids = [delivery.pk for delivery in chosen]
    message = chosen[0].message
    before = dict.fromkeys(ids, DeliveryState.PLANNED)
    for happening in story:
        _happen(chosen, *happening)
        after = dict(Delivery.objects.filter(pk__in=ids).values_list("pk", "state"))
        assert all(after[pk] >= before[pk] for pk in ids)
        before = after
    counted = _recount(message)
    assert _reach(message) == counted
    total = reach_total(message.pk)
    assert total.households == len(counted)
    assert total.reached == sum(reached for *_, reached in counted.values())
    assert total.needs_help == sum(row[4] for row in counted.values())
    assert sum(area.reached for area in reach_by_district(message.pk)) == total.reached
    _check_channels(message)


def _check_channels(message):
    rows = Delivery.objects.filter(message=message).values_list("channel__kind", "state")
    states = Counter(rows)
    for channel in reach_by_channel(message.pk):
        mine = {state: count for (kind, state), count in states.items() if kind == channel.kind}
        assert channel.planned == sum(mine.values())
        assert channel.sent == sum(count for state, count in mine.items() if state >= 4)
        assert channel.confirmed == mine.get(DeliveryState.CONFIRMED, 0)
        assert channel.failed == mine.get(DeliveryState.FAILED, 0)
