"""Claim → send → record, until nothing is due on a message's channel.

No transaction is open while a transport talks to the network. A worker that dies leaves claims
behind; their lease ends and the sweep has them claimed again.
"""

import logging
from datetime import datetime

from django.db.models import Min
from django.utils import timezone
from procrastinate.contrib.django import app

from nenrin.core.tenancy.scope import town_scope

from ..models import Delivery
from ..services.climb_ladder import DELIVER
from ..states import DeliveryState
from ..transports.contract import Outcome
from .claim import Shard, claim_shard
from .record import record_outcomes

logger = logging.getLogger(__name__)
RECORD_EVERY = 500


def deliver_due(*, town: str, message: str, channel: int) -> int:
    """Send everything due on one channel of a message; returns how many were handed over.

    What has to wait (back-off, Retry-After) gets a job at its time.
    """
    handed = 0
    while shard := _claim(town, message, channel):
        handed += _send(town, shard)
    _defer_rest(town, message, channel)
    return handed


def _claim(town: str, message: str, channel: int) -> Shard | None:
    with town_scope(town):
        return claim_shard(message_id=message, channel_id=channel)


def _send(town: str, shard: Shard) -> int:
    known: list[tuple[Outcome, datetime]] = []
    handed = 0
    try:
        for outcome in shard.transport.send(shard.options, shard.words, shard.parcels):
            known.append((outcome, timezone.now()))
            handed += 1
            if len(known) >= RECORD_EVERY:
                _record(town, shard, known)
                known = []
    except Exception:
        logger.exception("transport %s broke off in a shard", shard.transport.key)
    _record(town, shard, known)
    return handed


def _record(town: str, shard: Shard, known: list[tuple[Outcome, datetime]]) -> None:
    attempts = {parcel.delivery_id: parcel.attempt for parcel in shard.parcels}
    with town_scope(town):
        record_outcomes(known, attempts)
        shard.transport.settle([outcome for outcome, _ in known])


def _defer_rest(town: str, message: str, channel: int) -> None:
    with town_scope(town):
        rest = Delivery.objects.filter(
            message=message, channel=channel, state=DeliveryState.PLANNED
        ).aggregate(next=Min("due_at"))
        if rest["next"]:
            app.configure_task(name=DELIVER, queue="river", schedule_at=rest["next"]).defer(
                town=town, message=message, channel=channel
            )
