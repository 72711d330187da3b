"""A push to one device to try it out; nothing is kept, and nobody else gets it."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope
from nenrin.core.tenancy.selectors import town_address

from ..models import Channel, Endpoint
from ..transports.contract import Fate, Outcome, Parcel, Words, transports
from .retire_endpoints import retire_endpoints

HEADING = "通知のテストです"
BODY = "この端末に、町からの知らせが届きます。"
LASTS = timedelta(minutes=10)


def send_test_push(*, town: str, endpoint: int) -> Outcome | None:
    """Send; None where the device or the channel is gone. No transaction is open meanwhile."""
    with town_scope(town):
        row = Endpoint.objects.filter(pk=endpoint, kind="webpush", retired_at=None).first()
        channel = Channel.objects.filter(kind="webpush", is_enabled=True).first()
        place = Town.objects.get(pk=town)
        address = town_address(place)
    if row is None or channel is None:
        return None
    transport = transports.get("webpush")
    options = transport.options_model.model_validate(channel.options)
    parcel = Parcel(0, row.address, row.keys, f"{address}/receive", "")
    outcome = next(iter(transport.send(options, _words(place), [parcel])), None)
    if outcome and outcome.fate is Fate.GONE:
        with town_scope(town):
            retire_endpoints(kind="webpush", address=row.address, reason=outcome.reason)
    return outcome


def _words(town: Town) -> Words:
    now = timezone.now()
    return Words(
        message_id=str(uuid4()),
        town_code=town.code,
        town_name=town.name,
        heading=HEADING,
        body=BODY,
        easy_body="",
        reading="",
        severity=0,
        is_drill=False,
        asks_safety=False,
        released_at=now,
        expires_at=now + LASTS,
    )
