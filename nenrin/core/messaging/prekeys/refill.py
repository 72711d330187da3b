"""Making single-use keys while nothing is being sent."""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from nenrin.core.tenancy.scope import town_scope

from ..models import Delivery
from ..states import DeliveryState
from ..transports.webpush.encryption import BadSubscription, SealingKey, make_sealing_key
from .take import drop_ended_pushes

KEYS_EACH = 3
BATCH = 200
QUIET = timedelta(minutes=1)

LACKING = """
SELECT e.id, e.keys->>'p256dh', e.keys->>'auth', %(each)s - count(k.id)
FROM messaging_endpoint e LEFT JOIN messaging_prekey k ON k.endpoint_id = e.id
WHERE e.kind = 'webpush' AND e.retired_at IS NULL AND e.verified_at IS NOT NULL
  AND e.consented_at IS NOT NULL AND e.keys ? 'p256dh' AND e.keys ? 'auth' AND e.id > %(after)s
GROUP BY e.id HAVING count(k.id) < %(each)s ORDER BY e.id LIMIT %(batch)s
"""
# The lock makes a change of the subscription wait and then delete these rows too; a subscription
# that is changing right now is left to the next pass.
STORE = """
INSERT INTO messaging_prekey (town_id, endpoint_id, header, key, nonce)
SELECT e.town_id, e.id, t.header, t.key, t.nonce
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::bytea[])
    AS t(endpoint_id, p256dh, auth, header, key, nonce)
JOIN messaging_endpoint e ON e.id = t.endpoint_id
WHERE e.retired_at IS NULL AND e.keys->>'p256dh' = t.p256dh AND e.keys->>'auth' = t.auth
FOR SHARE OF e SKIP LOCKED
"""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A subscription that has room for more keys."""

    endpoint: int
    p256dh: str
    auth: str
    missing: int


def refill_prekeys(*, town: str, seconds: float) -> int:
    """Give each subscription of the town its three keys, in small batches; returns how many.

    Stops when the time is over or something has to be sent: a warning needs the processor more.
    """
    ends, after, made = time.monotonic() + seconds, 0, 0
    while time.monotonic() < ends and (batch := _lacking(town, after)):
        after = batch[-1].endpoint
        made += _store(town, batch)
    with town_scope(town):
        drop_ended_pushes()
    return made


def _lacking(town: str, after: int) -> list[Lacking]:
    with town_scope(town):
        if _is_sending():
            return []
        with connection.cursor() as cursor:
            cursor.execute(LACKING, {"each": KEYS_EACH, "after": after, "batch": BATCH})
            return [Lacking(*row) for row in cursor.fetchall()]


def _is_sending() -> bool:
    """Whether deliveries are on their way or due; one long overdue must not stop the refill."""
    now = timezone.now()
    return Delivery.objects.filter(
        state=DeliveryState.PLANNED, due_at__range=(now - QUIET, now + QUIET)
    ).exists()


def _store(town: str, batch: list[Lacking]) -> int:
    made = [(one, key) for one in batch for key in _make(one)]
    with town_scope(town), connection.cursor() as cursor:
        cursor.execute(
            STORE,
            [
                [one.endpoint for one, _ in made],
                [one.p256dh for one, _ in made],
                [one.auth for one, _ in made],
                [key.header for _, key in made],
                [key.key for _, key in made],
                [key.nonce for _, key in made],
            ],
        )
        return int(cursor.rowcount)


def _make(one: Lacking) -> list[SealingKey]:
    try:
        return [make_sealing_key(one.p256dh, one.auth) for _ in range(one.missing)]
    except BadSubscription:
        return []  # the first push to it retires it
