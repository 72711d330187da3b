from collections.abc import Iterator

import pytest
from django.utils import timezone

from nenrin.core.areas.models import District
from nenrin.core.messaging.models import Audience, Channel, Delivery, Endpoint, Message
from nenrin.core.messaging.prekeys.models import PreKey
from nenrin.core.messaging.prekeys.refill import refill_prekeys
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.transports.webpush.tests.browser import Browser
from nenrin.core.people.models import Household
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope
from nenrin.core.tenancy.services.create_town import create_town

from .subscriptions import Subscription, subscribe

OTHER = "063622"


@pytest.fixture
def subscription(small_town: Town) -> Subscription:
    return subscribe()


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: object) -> Iterator[dict[int, int]]:
    """Twenty deliveries to one subscription with its keys, visible to other connections."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        create_town(code=OTHER)
        try:
            yield _make_deliveries()
        finally:
            with town_scope(OTHER):
                for model in (PreKey, Delivery, Audience, Message, Channel, Endpoint):
                    model.objects.all().delete()
                Household.objects.all().delete()
                District.objects.all().delete()
            Town.objects.filter(code=OTHER).delete()


def _make_deliveries() -> dict[int, int]:
    now = timezone.now()
    with town_scope(OTHER):
        district = District.objects.create(code="1", name="地区", name_kana="")
        household = Household.objects.create(number="1", district=district)
        endpoint = Endpoint.objects.create(
            household=household,
            kind="webpush",
            address="https://localhost:1/x",
            keys=Browser().keys,
            verified_at=now,
            consented_at=now,
        )
    refill_prekeys(town=OTHER, seconds=60)
    with town_scope(OTHER):
        channel = Channel.objects.create(kind="webpush", name="通知")
        made = [
            Delivery.objects.create(
                message=make_message(),
                channel=channel,
                household=household,
                endpoint=endpoint,
                due_at=now,
                planned_at=now,
            )
            for _ in range(20)
        ]
        return {delivery.pk: endpoint.pk for delivery in made}
