"""Keys are made while nothing is sent, for whoever may be sent to, and never for old keys."""

from datetime import timedelta

import pytest
from django.db.models import Count
from django.utils import timezone

from nenrin.core.messaging.models import Delivery, Endpoint
from nenrin.core.messaging.prekeys import refill
from nenrin.core.messaging.prekeys.models import PreKey
from nenrin.core.messaging.prekeys.refill import KEYS_EACH, refill_prekeys
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.transports.webpush.tests.browser import Browser
from nenrin.core.tenancy.models import Town

from .subscriptions import TOWN, Subscription


def _reachable() -> int:
    return Endpoint.objects.filter(
        kind="webpush", retired_at=None, consented_at__isnull=False
    ).count()


def test_every_reachable_subscription_gets_its_keys_and_no_other(
    small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refill, "BATCH", 7)
    assert refill_prekeys(town=TOWN, seconds=60) == KEYS_EACH * _reachable() > 0
    assert refill_prekeys(town=TOWN, seconds=60) == 0
    counts = PreKey.objects.values("endpoint").annotate(keys=Count("id"))
    assert {row["keys"] for row in counts} == {KEYS_EACH}
    assert not PreKey.objects.filter(endpoint__consented_at=None).exists()


def test_only_what_is_missing_is_made(subscription: Subscription) -> None:
    Delivery.objects.update(state=DeliveryState.SENT)
    PreKey.objects.filter(endpoint=subscription.endpoint).first().delete()  # type: ignore[union-attr]
    assert refill_prekeys(town=TOWN, seconds=60) == 1


def test_the_refill_ends_with_its_time(small_town: Town) -> None:
    assert refill_prekeys(town=TOWN, seconds=0) == 0


def test_a_warning_goes_first_but_what_was_left_lying_does_not_count(small_town: Town) -> None:
    release_message(message=make_message(), acting_user="tester")
    assert refill_prekeys(town=TOWN, seconds=60) == 0
    Delivery.objects.update(due_at=timezone.now() - timedelta(minutes=5))
    assert refill_prekeys(town=TOWN, seconds=60) > 0


def test_new_keys_of_a_subscription_end_the_old_ones(subscription: Subscription) -> None:
    endpoint = subscription.endpoint
    endpoint.last_seen_at = timezone.now()
    endpoint.save()
    assert subscription.keys_left() == KEYS_EACH
    endpoint.keys = Browser().keys
    endpoint.save()
    assert subscription.keys_left() == 0


def test_keys_made_for_a_subscription_that_changed_meanwhile_are_not_stored(
    small_town: Town,
) -> None:
    batch = refill._lacking(TOWN, 0)
    changed = batch[0]
    Endpoint.objects.filter(pk=changed.endpoint).update(keys=Browser().keys)
    Endpoint.objects.filter(pk=batch[1].endpoint).update(retired_at=timezone.now())
    stored = refill._store(TOWN, batch)
    assert stored == KEYS_EACH * (len(batch) - 2)
    assert not PreKey.objects.filter(endpoint=changed.endpoint).exists()


def test_a_malformed_subscription_stops_nobody(small_town: Town) -> None:
    broken = Endpoint.objects.filter(kind="webpush", consented_at__isnull=False).first()
    assert broken
    broken.keys = {"p256dh": "x", "auth": "y"}
    broken.save()
    assert refill_prekeys(town=TOWN, seconds=60) == KEYS_EACH * (_reachable() - 1)
