"""No key ever seals twice: not by two workers, not after a crash, not for other words."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from nenrin.core.messaging.models import Delivery, Endpoint
from nenrin.core.messaging.prekeys.models import PreKey, SealedPush
from nenrin.core.messaging.prekeys.take import drop_ended_pushes, take_prekeys
from nenrin.core.messaging.sending.record import record_outcomes
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.transports.contract import Fate, Outcome
from nenrin.core.messaging.transports.webpush.encryption import SealingKey, seal
from nenrin.core.tenancy.scope import town_scope

from .conftest import OTHER
from .subscriptions import Subscription

WORKERS = 8


def _take_all(deliveries: dict[int, int], start: threading.Barrier) -> list[SealingKey]:
    start.wait()
    try:
        return [key for one in deliveries.items() for key in _take_one(*one)]
    finally:
        connection.close()


def _take_one(delivery: int, endpoint: int) -> list[SealingKey]:
    with town_scope(OTHER):
        return list(take_prekeys({delivery: endpoint}).values())


def test_many_workers_at_once_get_each_key_once(committed: dict[int, int]) -> None:
    with town_scope(OTHER):
        stored = {bytes(header) for header in PreKey.objects.values_list("header", flat=True)}
    start = threading.Barrier(WORKERS)
    with ThreadPoolExecutor(WORKERS) as pool:
        taken = [pool.submit(_take_all, committed, start) for _ in range(WORKERS)]
        headers = [key.header for one in taken for key in one.result()]
    assert len(headers) == len(set(headers)) == 3
    assert set(headers) == stored


def test_a_key_that_another_transaction_takes_is_passed_over_not_waited_for(
    committed: dict[int, int],
) -> None:
    with town_scope(OTHER):
        (one, endpoint), (two, _) = list(committed.items())[:2]
        first = take_prekeys({one: endpoint})
        with ThreadPoolExecutor(1) as pool:
            second = pool.submit(_take_all, {two: endpoint}, threading.Barrier(1)).result(10)
    assert {key.header for key in first.values()}.isdisjoint(key.header for key in second)
    assert len(second) == 1


def test_the_database_refuses_to_store_or_change_a_key_twice(subscription: Subscription) -> None:
    one = PreKey.objects.filter(endpoint=subscription.endpoint).first()
    assert one
    copy = {"header": one.header, "key": one.key, "nonce": one.nonce}
    other = Endpoint.objects.exclude(pk=subscription.endpoint.pk).first()
    for endpoint in (subscription.endpoint, other):
        with pytest.raises(IntegrityError, match="once"), transaction.atomic():
            PreKey.objects.create(endpoint=endpoint, **copy)
    with pytest.raises(IntegrityError, match="never updated"), transaction.atomic():
        PreKey.objects.filter(pk=one.pk).update(endpoint=other)


@pytest.mark.parametrize("field", ["header", "key", "nonce"])
def test_the_database_refuses_material_of_another_length(
    subscription: Subscription, field: str
) -> None:
    whole = {"header": bytes(86), "key": bytes(16), "nonce": bytes(12)}
    with pytest.raises(IntegrityError, match=field), transaction.atomic():
        PreKey.objects.create(endpoint=subscription.endpoint, **whole | {field: b"short"})


def test_a_claim_takes_one_key_and_the_browser_reads_what_it_seals(
    subscription: Subscription,
) -> None:
    assert subscription.keys_left() == 3
    material = subscription.parcel_of(subscription.claim()).material
    assert isinstance(material, SealingKey)
    assert subscription.keys_left() == 2
    assert not PreKey.objects.filter(header=material.header).exists()
    assert subscription.browser.read(seal(material, b'{"title": "\xe9\x81\xbf"}')) == {
        "title": "避"
    }


def test_none_left_means_a_fresh_key(subscription: Subscription) -> None:
    PreKey.objects.all().delete()
    assert subscription.parcel_of(subscription.claim()).material is None


def test_after_a_crash_the_next_attempt_has_another_key(subscription: Subscription) -> None:
    first = subscription.parcel_of(subscription.claim()).material
    Delivery.objects.update(due_at=timezone.now() - timedelta(hours=1))
    second = subscription.parcel_of(subscription.claim()).material
    assert isinstance(first, SealingKey) and isinstance(second, SealingKey)
    assert (first.key, first.nonce) != (second.key, second.nonce)
    assert subscription.keys_left() == 1


def test_a_known_failure_keeps_the_bytes_for_the_next_attempt_until_it_ends(
    subscription: Subscription,
) -> None:
    shard, delivery = subscription.claim(), subscription.delivery.pk
    later = Outcome(delivery, Fate.TEMPORARY, again=b"sealed")
    shard.transport.settle([later])
    for _ in range(2):
        Delivery.objects.update(due_at=timezone.now() - timedelta(hours=1))
        assert subscription.parcel_of(subscription.claim()).material == b"sealed"
    assert subscription.keys_left() == 2
    shard.transport.settle([Outcome(delivery, Fate.SENT, again=b"sealed")])
    assert not SealedPush.objects.exists()


def test_bytes_of_a_delivery_that_ended_otherwise_are_swept(subscription: Subscription) -> None:
    shard, delivery = subscription.claim(), subscription.delivery
    shard.transport.settle([Outcome(delivery.pk, Fate.TEMPORARY, again=b"sealed")])
    assert drop_ended_pushes() == 0
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.EXPIRED)
    assert drop_ended_pushes() == 1


def test_a_subscription_that_is_gone_takes_its_keys_and_bytes_with_it(
    subscription: Subscription,
) -> None:
    shard, delivery = subscription.claim(), subscription.delivery.pk
    shard.transport.settle([Outcome(delivery, Fate.TEMPORARY, again=b"sealed")])
    others = PreKey.objects.exclude(endpoint=subscription.endpoint).count()
    gone = Outcome(delivery, Fate.GONE, reason="登録なし")
    record_outcomes([(gone, 0.0)], {delivery: 1})
    assert subscription.keys_left() == 0
    assert not SealedPush.objects.exists()
    assert PreKey.objects.count() == others > 0


def test_another_town_sees_none_of_it(subscription: Subscription) -> None:
    with town_scope(OTHER):
        assert not PreKey.objects.exists()
        assert take_prekeys({subscription.delivery.pk: subscription.endpoint.pk}) == {}
    assert subscription.keys_left() == 3
