from datetime import timedelta

import pytest
from django.utils import timezone

from nenrin.core.messaging.models import Delivery, HouseholdReach, Message, Visit
from nenrin.core.messaging.selectors.board import (
    begun_rungs,
    parts_of_messages,
    rungs_of,
    sum_of_parts,
    take_snapshot,
)
from nenrin.core.messaging.selectors.reach import reach_total
from nenrin.core.messaging.selectors.situation import Fact, FactSource, fact_sources, facts_of
from nenrin.core.messaging.services.climb_ladder import plan_rung
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.tests.drafts import make_message


@pytest.fixture
def message(small_town):
    made = make_message()
    release_message(message=made, acting_user="tester")
    return Message.objects.get(pk=made.pk)


def move(message, state, count):
    homes = Delivery.objects.filter(message=message, household__isnull=False)
    wanted = list(homes.order_by("household").values_list("pk", flat=True)[:count])
    Delivery.objects.filter(pk__in=wanted).update(state=state)


def test_the_parts_of_every_district_add_up(message):
    move(message, DeliveryState.SENT, 500)
    move(message, DeliveryState.OPENED, 60)
    move(message, DeliveryState.CONFIRMED, 30)
    snapshot = take_snapshot(message.pk)
    for part in snapshot.districts:
        pieces = part.confirmed + part.opened + part.sent + part.waiting + part.failed
        assert pieces == part.households and part.failed >= 0
    total = sum_of_parts(snapshot.districts)
    known = reach_total(message.pk)
    assert (total.households, total.confirmed) == (known.households, known.reached)
    assert total.confirmed and total.opened and total.sent


def test_a_snapshot_and_the_list_of_messages_tell_the_same(message):
    move(message, DeliveryState.CONFIRMED, 30)
    total = sum_of_parts(take_snapshot(message.pk).districts)
    listed = parts_of_messages([message.pk])[message.pk]
    for name in ("households", "confirmed", "opened", "sent", "waiting", "answered"):
        assert getattr(total, name) == getattr(listed, name)


def test_the_silent_are_those_not_reached(message):
    move(message, DeliveryState.CONFIRMED, 30)
    silent = HouseholdReach.objects.filter(message=message, reached=False)
    assert set(take_snapshot(message.pk).silent) == set(silent.values_list("household", flat=True))


def test_the_next_rung_tells_when_and_how_many(message):
    first, sms, _, visit = rungs_of(message)
    assert (first.state, sms.state, visit.state) == ("running", "next", "later")
    assert sms.at == message.released_at + timedelta(minutes=2)
    assert 0 < sms.expected < visit.expected == take_snapshot(message.pk).silent.__len__()


def test_a_rung_is_done_when_nothing_waits_any_more(message):
    Delivery.objects.filter(message=message).update(state=DeliveryState.SENT)
    assert rungs_of(message)[0].state == "done"
    assert [rung.position for rung in begun_rungs(message)] == [0]


def test_a_visit_is_done_however_the_town_heard_of_the_household(message):
    plan_rung(message=message, position=3)
    visit = rungs_of(message)[3]
    assert (visit.state, visit.done) == ("running", 0)
    home = Visit.objects.filter(message=message).first().household
    delivery = Delivery.objects.filter(message=message, household=home).first()
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.CONFIRMED)
    assert rungs_of(message)[3].done == 1


def test_a_replaced_message_climbs_no_further(message):
    release_message(message=make_message(supersedes=message), acting_user="tester")
    assert [rung.state for rung in rungs_of(message)][1:] == ["stopped"] * 3


def test_a_draft_has_no_rungs(small_town):
    assert rungs_of(make_message()) == []


def test_what_happens_again_and_again_within_a_minute_is_told_once(message, monkeypatch):
    at = timezone.now().replace(second=1)
    many = [Fact(at, "助けが必要", f"{number}班") for number in range(6)]
    two = [Fact(at, "開きました", name) for name in ("体育館", "公民館")]
    source = FactSource("test_source", lambda message: [*many, *two])
    monkeypatch.setitem(fact_sources._plugs, source.key, source)
    told = {fact.text: fact.detail for fact in facts_of(message)}
    assert told["助けが必要"].startswith("6件") and told["開きました"] == "体育館、公民館"
