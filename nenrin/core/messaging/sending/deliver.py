"""Claim → send → record, until nothing is due on a message's channel.

No transaction is open while a transport talks to the network. A worker that dies leaves claims
behind; its job is run again and takes them over, or their lease ends and the sweep finds them.
"""

import logging
import time
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError, connection
from django.db.models import Min
from procrastinate.contrib.django import app

from nenrin.core.tenancy.scope import town_scope

from ..models import Delivery
from ..services.climb_ladder import DELIVER
from ..states import DeliveryState
from ..transports.contract import Outcome
from .claim import Claimant, Shard, claim_shard
from .hand_over import hand_over
from .record import record_outcomes

logger = logging.getLogger(__name__)
RECORD_EVERY = 1000
RECORD_WITHIN = 1.0
PATIENCE_SECONDS = 30.0
"""How long outcomes are kept while the database is away; less than a claim's lease."""


def deliver_due(*, town: str, message: str, channel: int, job: int = 0) -> int:
    """Send everything due on one channel of a message; returns how many were handed over.

    ``job`` is the number under which this work is run again if its worker dies. What has to wait
    (back-off, Retry-After) gets a job at its time.
    """
    handed = after = 0
    while shard := _claim(town, message, channel, Claimant(job, after)):
        handed += _send(town, shard)
        after = shard.parcels[-1].delivery_id
    _defer_rest(town, message, channel)
    return handed


def _claim(town: str, message: str, channel: int, claimant: Claimant) -> Shard | None:
    with town_scope(town):
        return claim_shard(message_id=message, channel_id=channel, claimant=claimant)


def _send(town: str, shard: Shard) -> int:
    for group in _grouped(hand_over(shard)):
        _record(town, shard, group)
    return len(shard.parcels)


def _grouped(outcomes: Iterator[Outcome]) -> Iterator[list[tuple[Outcome, float]]]:
    """Outcomes with the steady clock's moment, in groups that do not wait for long."""
    known: list[tuple[Outcome, float]] = []
    for outcome in outcomes:
        moment = time.monotonic()
        known.append((outcome, moment))
        if len(known) >= RECORD_EVERY or moment - known[0][1] > RECORD_WITHIN:
            yield known
            known = []
    yield known


def _record(town: str, shard: Shard, known: list[tuple[Outcome, float]]) -> None:
    """Write down what became of parcels; a database that is away for a moment is waited for.

    What was sent must not be forgotten, or it would be sent again.
    """
    attempts = {parcel.delivery_id: parcel.attempt for parcel in shard.parcels}
    deadline = time.monotonic() + PATIENCE_SECONDS
    pause = 0.1
    while True:
        try:
            with town_scope(town):
                now = time.monotonic()
                record_outcomes([(outcome, now - at) for outcome, at in known], attempts)
                shard.transport.settle([outcome for outcome, _ in known])
            return
        except (OperationalError, InterfaceError) as error:
            if time.monotonic() > deadline:
                raise
            logger.warning("データベースに書けません。もう一度書きます（%s）", type(error).__name__)
            connection.close()
            time.sleep(pause)
            pause = min(pause * 2, 1.0)


def _defer_rest(town: str, message: str, channel: int) -> None:
    with town_scope(town):
        rest = Delivery.objects.filter(
            message_id=message, channel=channel, state=DeliveryState.PLANNED
        ).aggregate(next=Min("due_at"))
        if rest["next"]:
            app.configure_task(name=DELIVER, queue="river", schedule_at=rest["next"]).defer(
                town=town, message=message, channel=channel
            )
