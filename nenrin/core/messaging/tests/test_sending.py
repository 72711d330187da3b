import resource
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from nenrin.core.messaging.models import Delivery, Endpoint, Message
from nenrin.core.messaging.sending import deliver
from nenrin.core.messaging.sending.claim import (
    LEASE_SECONDS,
    MAX_ATTEMPTS,
    Claimant,
    claim_shard,
)
from nenrin.core.messaging.sending.hand_over import MOST_BREAKS
from nenrin.core.messaging.sending.record import record_outcomes, wait_seconds
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.transports.contract import Fate, Outcome

from .drafts import make_message


@pytest.fixture
def released(small_town):
    message = make_message()
    release_message(message=message, acting_user="tester")
    return message


def _channel(message, kind="webpush"):
    return Delivery.objects.filter(message=message, channel__kind=kind).first().channel_id


def _claim(message, kind="webpush", claimant=None):
    return claim_shard(
        message_id=str(message.pk), channel_id=_channel(message, kind), claimant=claimant
    )


def _make_due():
    """The lease of every claim is over; the transaction of a test has one `now()`."""
    Delivery.objects.update(due_at=timezone.now() - timedelta(hours=1))


def _record(outcome, attempt=1):
    record_outcomes([(outcome, 0.0)], {outcome.delivery_id: attempt})
    return Delivery.objects.select_related("endpoint").get(pk=outcome.delivery_id)


def test_a_claim_is_nobody_elses_until_its_lease_ends(released):
    first = _claim(released)
    assert first and {parcel.attempt for parcel in first.parcels} == {1}
    assert _claim(released) is None
    _make_due()
    again = _claim(released)
    assert [p.delivery_id for p in again.parcels] == [p.delivery_id for p in first.parcels]
    assert {parcel.attempt for parcel in again.parcels} == {2}
    assert LEASE_SECONDS >= 30


def test_parcels_carry_links_of_their_own(released):
    shard = _claim(released)
    assert len({parcel.link for parcel in shard.parcels}) == len(shard.parcels)
    assert all("/m/063614-" in parcel.link for parcel in shard.parcels)


def test_a_drill_is_marked_in_every_heading(small_town):
    message = make_message(is_drill=True)
    release_message(message=message, acting_user="tester")
    assert _claim(message).words.heading.startswith("【訓練】")


def test_paper_parcels_name_the_household(released):
    labels = [parcel.household for parcel in _claim(released, "paper").parcels]
    assert labels and all(label.district and label.neighbourhood for label in labels)


def test_sent_is_kept_with_its_moment_and_reference(released):
    parcel = _claim(released).parcels[0]
    delivery = _record(Outcome(parcel.delivery_id, Fate.SENT, reference="push/1"))
    assert delivery.state == DeliveryState.SENT
    assert delivery.sent_at and delivery.provider_reference == "push/1"


def test_gone_retires_the_endpoint_and_permanent_does_not(released):
    gone, refused = _claim(released).parcels[:2]
    assert _record(Outcome(gone.delivery_id, Fate.GONE, reason="登録なし")).endpoint.retired_at
    delivery = _record(Outcome(refused.delivery_id, Fate.PERMANENT, reason="長すぎ"))
    assert delivery.state == DeliveryState.FAILED and delivery.endpoint.retired_at is None
    retired = Endpoint.objects.get(retired_at__isnull=False)
    assert retired.retired_reason == "登録なし"


def test_a_temporary_failure_waits_as_the_provider_asks(released):
    parcel = _claim(released).parcels[0]
    delivery = _record(Outcome(parcel.delivery_id, Fate.TEMPORARY, retry_after=90))
    assert delivery.state == DeliveryState.PLANNED
    assert timedelta(seconds=80) < delivery.due_at - timezone.now() < timedelta(seconds=95)


def test_a_temporary_failure_ends_after_the_last_attempt(released):
    parcel = _claim(released).parcels[0]
    Delivery.objects.filter(pk=parcel.delivery_id).update(attempts=MAX_ATTEMPTS)
    delivery = _record(Outcome(parcel.delivery_id, Fate.TEMPORARY), MAX_ATTEMPTS)
    assert delivery.state == DeliveryState.FAILED


def test_back_off_grows():
    waits = [wait_seconds(Outcome(1, Fate.TEMPORARY), {1: n}) for n in range(1, MAX_ATTEMPTS)]
    assert waits == sorted(waits) and waits[0] < waits[-1]


def test_an_outcome_never_takes_a_receipt_back(released):
    parcel = _claim(released).parcels[0]
    Delivery.objects.filter(pk=parcel.delivery_id).update(state=DeliveryState.OPENED)
    assert _record(Outcome(parcel.delivery_id, Fate.SENT)).state == DeliveryState.OPENED
    assert _record(Outcome(parcel.delivery_id, Fate.PERMANENT)).state == DeliveryState.OPENED


def test_an_expired_message_is_not_sent(released):
    Message.objects.filter(pk=released.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    assert _claim(released) is None
    states = Delivery.objects.filter(message=released, channel__kind="webpush")
    assert set(states.values_list("state", flat=True)) == {DeliveryState.EXPIRED}


def test_a_job_that_is_run_again_takes_its_own_claims_over(released):
    first = _claim(released, claimant=Claimant(job=7))
    assert _claim(released, claimant=Claimant(job=8)) is None
    again = _claim(released, claimant=Claimant(job=7))
    assert [p.delivery_id for p in again.parcels] == [p.delivery_id for p in first.parcels]
    _record(Outcome(again.parcels[0].delivery_id, Fate.SENT))
    left = _claim(released, claimant=Claimant(job=7))
    assert len(left.parcels) == len(first.parcels) - 1


def test_who_is_asked_for_patience_has_not_failed(released):
    parcel = _claim(released).parcels[0]
    for _ in range(MAX_ATTEMPTS + 5):
        delivery = _record(Outcome(parcel.delivery_id, Fate.TEMPORARY, retry_after=2))
        assert delivery.state == DeliveryState.PLANNED and delivery.attempts == 0


def test_a_provider_that_keeps_asking_is_asked_at_its_times():
    waits = {wait_seconds(Outcome(1, Fate.TEMPORARY, retry_after=3), {1: n}) for n in range(9)}
    assert waits == {3.0}
    assert wait_seconds(Outcome(1, Fate.TEMPORARY, retry_after=0), {1: 1}) == 1.0


def test_a_delivery_whose_worker_always_dies_ends(released):
    pk = _claim(released).parcels[0].delivery_id
    _make_due()
    Delivery.objects.filter(pk=pk).update(attempts=MAX_ATTEMPTS)
    assert pk not in {parcel.delivery_id for parcel in _claim(released).parcels}
    delivery = Delivery.objects.get(pk=pk)
    assert delivery.state == DeliveryState.FAILED and delivery.failure


def test_a_wrong_clock_of_a_worker_moves_nothing(released, monkeypatch):
    def far_ahead():
        return datetime.now(UTC) + timedelta(days=1)

    monkeypatch.setattr("django.utils.timezone.now", far_ahead)
    sent, waiting = _claim(released).parcels[:2]
    moment = _record(Outcome(sent.delivery_id, Fate.SENT)).sent_at
    assert abs(moment - datetime.now(UTC)) < timedelta(minutes=1)
    due = _record(Outcome(waiting.delivery_id, Fate.TEMPORARY)).due_at
    assert due - datetime.now(UTC) < timedelta(minutes=1)


def _poisoned(shard, poison):
    """Let the shard's transport choke on one parcel; returns how often it was asked."""
    calls = []

    class Choking(type(shard.transport)):
        def send(self, options, words, parcels):
            calls.append(len(parcels))
            for parcel in parcels:
                if parcel.delivery_id == poison:
                    raise RuntimeError("a parcel that nobody foresaw")
                yield Outcome(parcel.delivery_id, Fate.SENT)

    return replace(shard, transport=Choking()), calls


@pytest.mark.parametrize("place", [0, 3, -1])
def test_a_poison_delivery_does_not_hold_up_its_shard(released, place):
    shard = _claim(released)
    poison = shard.parcels[place].delivery_id
    poisoned, calls = _poisoned(shard, poison)
    deliver._send("063614", poisoned)
    mine = Delivery.objects.filter(pk__in=[p.delivery_id for p in shard.parcels])
    assert mine.filter(state=DeliveryState.SENT).count() == len(shard.parcels) - 1
    waiting = mine.get(state=DeliveryState.PLANNED)
    assert waiting.pk == poison and waiting.failure and waiting.due_at > timezone.now()
    assert len(calls) <= 2 * len(shard.parcels).bit_length() + 1


def test_a_poison_delivery_ends_after_its_attempts(released):
    shard = _claim(released)
    poison = shard.parcels[0].delivery_id
    Delivery.objects.filter(pk=poison).update(attempts=MAX_ATTEMPTS)
    deliver._send("063614", _poisoned(shard, poison)[0])
    assert Delivery.objects.get(pk=poison).state == DeliveryState.FAILED


def test_a_transport_that_always_breaks_off_is_left_alone_soon(released):
    shard = _claim(released)
    calls = []

    class Broken(type(shard.transport)):
        def send(self, options, words, parcels):
            calls.append(len(parcels))
            raise RuntimeError("the provider's library failed")
            yield

    deliver._send("063614", replace(shard, transport=Broken()))
    states = Delivery.objects.filter(pk__in=[p.delivery_id for p in shard.parcels])
    assert set(states.values_list("state", flat=True)) == {DeliveryState.PLANNED}
    assert len(calls) <= 2 * MOST_BREAKS + 2


def test_a_full_disk_is_told_and_waited_for(released, caplog, tmp_path, settings):
    shard = _claim(released, "paper")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        deliver._send("063614", shard)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    rows = Delivery.objects.filter(pk__in=[p.delivery_id for p in shard.parcels])
    assert set(rows.values_list("state", "attempts")) == {(DeliveryState.PLANNED, 0)}
    assert "空き容量" in rows.first().failure and "空き容量" in caplog.text
    _make_due()
    deliver._send("063614", _claim(released, "paper"))
    assert set(rows.values_list("state", flat=True)) == {DeliveryState.SENT}


def test_outcomes_are_kept_while_the_database_is_away(released, monkeypatch):
    shard = _claim(released)
    tries = []

    def away_twice(outcomes, attempts):
        tries.append(len(outcomes))
        if len(tries) < 3:
            raise OperationalError("the database system is starting up")
        record_outcomes(outcomes, attempts)

    monkeypatch.setattr(deliver, "record_outcomes", away_twice)
    monkeypatch.setattr(deliver.connection, "close", lambda: None)
    poisoned, _ = _poisoned(shard, poison=0)
    deliver._send("063614", poisoned)
    rows = Delivery.objects.filter(pk__in=[p.delivery_id for p in shard.parcels])
    assert set(rows.values_list("state", flat=True)) == {DeliveryState.SENT}
    assert len(tries) == 3
