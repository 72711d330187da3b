from datetime import timedelta

import pytest
from django.utils import timezone

from nenrin.core.messaging.models import Delivery, Endpoint, Message
from nenrin.core.messaging.sending import deliver
from nenrin.core.messaging.sending.claim import LEASE_SECONDS, MAX_ATTEMPTS, claim_shard
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


def _claim(message, kind="webpush"):
    return claim_shard(message_id=str(message.pk), channel_id=_channel(message, kind))


def _record(outcome, attempt=1):
    record_outcomes([(outcome, timezone.now())], {outcome.delivery_id: attempt})
    return Delivery.objects.select_related("endpoint").get(pk=outcome.delivery_id)


def test_a_claim_is_nobody_elses_until_its_lease_ends(released):
    first = _claim(released)
    assert first and {parcel.attempt for parcel in first.parcels} == {1}
    assert _claim(released) is None
    Delivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))
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


def test_a_transport_that_breaks_off_loses_nothing(released, monkeypatch):
    def half(self, options, words, parcels):
        yield Outcome(parcels[0].delivery_id, Fate.SENT)
        raise RuntimeError("the provider's library failed")

    shard = _claim(released)
    monkeypatch.setattr(type(shard.transport), "send", half)
    deliver._send("063614", shard)
    states = Delivery.objects.filter(pk__in=[p.delivery_id for p in shard.parcels])
    assert states.filter(state=DeliveryState.SENT).count() == 1
    assert states.filter(state=DeliveryState.PLANNED).count() == len(shard.parcels) - 1
