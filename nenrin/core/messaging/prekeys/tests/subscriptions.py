"""A town's message to one browser, whose private key the test holds."""

from dataclasses import dataclass

from nenrin.core.messaging.models import Delivery, Endpoint
from nenrin.core.messaging.prekeys.models import PreKey
from nenrin.core.messaging.prekeys.refill import refill_prekeys
from nenrin.core.messaging.sending.claim import Shard, claim_shard
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.transports.contract import Parcel
from nenrin.core.messaging.transports.webpush.tests.browser import Browser

TOWN = "063614"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One endpoint of the town, its browser, and the delivery of a message to it."""

    browser: Browser
    endpoint: Endpoint
    delivery: Delivery

    def keys_left(self) -> int:
        return PreKey.objects.filter(endpoint=self.endpoint).count()

    def claim(self) -> Shard:
        shard = claim_shard(
            message_id=str(self.delivery.message_id), channel_id=self.delivery.channel_id
        )
        assert shard
        return shard

    def parcel_of(self, shard: Shard) -> Parcel:
        return next(p for p in shard.parcels if p.delivery_id == self.delivery.pk)


def subscribe() -> Subscription:
    """Give one endpoint of the small town a browser's keys and release a message to everyone."""
    browser = Browser()
    endpoint = Endpoint.objects.filter(
        kind="webpush", consented_at__isnull=False, retired_at=None
    ).first()
    assert endpoint
    endpoint.keys = browser.keys
    endpoint.save(update_fields=["keys"])
    refill_prekeys(town=TOWN, seconds=60)
    message = make_message()
    release_message(message=message, acting_user="tester")
    delivery = Delivery.objects.get(message=message, endpoint=endpoint)
    return Subscription(browser, endpoint, delivery)
