"""Claim a shard of due deliveries; a claim that is not recorded in time is claimed again.

A claim bears the number of the job that made it. A job whose worker died is run again under its
number and takes its claims over at once; whoever else must wait until the lease ends.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.selectors import town_address

from ..models import Channel, Message
from ..tokens import delivery_token
from ..transports.contract import Claim, HouseholdLabel, Parcel, Transport, Words, transports

LEASE_SECONDS = 60
MAX_ATTEMPTS = 24

# Whoever made its worker die in every attempt is not tried for ever either.
GIVE_UP = """
UPDATE messaging_delivery d
SET state = CASE WHEN m.expires_at <= now() THEN 1 ELSE 3 END,
    failure = CASE WHEN m.expires_at <= now() THEN d.failure ELSE %(worn_out)s END
FROM messaging_message m
WHERE m.id = d.message_id AND d.message_id = %(message)s AND d.channel_id = %(channel)s
  AND d.state = 0 AND (m.expires_at <= now() OR (d.attempts >= %(limit)s AND d.due_at <= now()))
"""
WORN_OUT = "何度送っても終わりませんでした"
# The index leads from one delivery to the next; a claim touches no indexed column.
CLAIM = """
WITH due AS (
    SELECT id FROM messaging_delivery
    WHERE message_id = %(message)s AND channel_id = %(channel)s AND state = 0 AND id > %(after)s
      AND (due_at <= now() OR claimed_by = %(job)s)
    ORDER BY id LIMIT %(size)s FOR NO KEY UPDATE SKIP LOCKED
), claimed AS (
    UPDATE messaging_delivery d
    SET due_at = now() + make_interval(secs => %(lease)s), attempts = d.attempts + 1,
        claimed_by = %(job)s
    FROM due WHERE d.id = due.id
    RETURNING d.id, d.endpoint_id, d.household_id, d.attempts
)
SELECT c.id, c.attempts, COALESCE(e.address, ''), e.keys, c.household_id, COALESCE(c.endpoint_id, 0)
FROM claimed c LEFT JOIN messaging_endpoint e ON e.id = c.endpoint_id ORDER BY c.id
"""
LABELS = """
SELECT h.id, h.number, COALESCE(p.family_name || ' ' || p.given_name, ''), h.address, d.name,
       COALESCE(n.number::text || '班', '')
FROM people_household h JOIN areas_district d ON d.id = h.district_id
LEFT JOIN areas_neighbourhood n ON n.id = h.neighbourhood_id
LEFT JOIN people_person p ON p.household_id = h.id AND p.is_head AND p.left_on IS NULL
WHERE h.id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Shard:
    """What a transport needs, taken out of the transaction that claimed it."""

    transport: Transport
    options: object
    words: Words
    parcels: list[Parcel]


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims: a job (0: nobody whose claims could be taken over), past which delivery."""

    job: int = 0
    after: int = 0


def claim_shard(
    *, message_id: str, channel_id: int, claimant: Claimant | None = None
) -> Shard | None:
    """Claim up to a shard of due deliveries inside the caller's transaction; None: nothing is due.

    Deliveries of an expired message end as EXPIRED instead.
    """
    channel = Channel.objects.get(pk=channel_id)
    transport = transports.get(channel.kind)
    rows = _claim_rows(message_id, channel_id, transport.shard_size, claimant or Claimant())
    if not rows:
        return None
    message = Message.objects.select_related("town").get(pk=UUID(message_id))
    labels = {} if transport.needs_endpoint else _labels([row[4] for row in rows if row[4]])
    base = town_address(message.town)
    materials = transport.prepare({row[0]: Claim(row[5], row[1]) for row in rows})
    parcels = [
        _parcel(row, message.town, base, labels.get(row[4] or 0), materials.get(row[0]))
        for row in rows
    ]
    options = transport.options_model.model_validate(channel.options)
    return Shard(transport, options, words_of(message), parcels)


def _claim_rows(
    message_id: str, channel_id: int, size: int, claimant: Claimant
) -> list[tuple[Any, ...]]:
    about: dict[str, Any] = {"message": message_id, "channel": channel_id}
    with connection.cursor() as cursor:
        if not claimant.after:
            cursor.execute(GIVE_UP, about | {"limit": MAX_ATTEMPTS, "worn_out": WORN_OUT})
        cursor.execute(
            CLAIM,
            about
            | {
                "after": claimant.after,
                "job": claimant.job or None,
                "size": size,
                "lease": LEASE_SECONDS,
            },
        )
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def words_of(message: Message) -> Words:
    """The message as every transport gets it; a drill is marked in its heading."""
    return Words(
        message_id=str(message.pk),
        town_code=str(message.town_id),
        town_name=message.town.name,
        heading=f"【訓練】{message.title}" if message.is_drill else message.title,
        body=message.body,
        easy_body=message.easy_body,
        reading=message.reading or message.body,
        severity=message.severity,
        is_drill=message.is_drill,
        asks_safety=message.asks_safety,
        released_at=message.released_at or message.created_at,
        expires_at=message.expires_at,
        supersedes=str(message.supersedes_id or ""),
        ends_earlier=message.ends_earlier,
    )


def _parcel(
    row: tuple[Any, ...],
    town: Town,
    base: str,
    household: HouseholdLabel | None,
    material: object,
) -> Parcel:
    delivery_id, attempts, address, keys, _, _ = row
    token = delivery_token(town.code, delivery_id)
    return Parcel(
        delivery_id=delivery_id,
        address=address,
        keys=json.loads(keys) if isinstance(keys, str) else keys or {},
        link=f"{base}/m/{token}",
        receipt=f"{base}/r/{token}",
        attempt=attempts,
        household=household,
        material=material,
    )


def _labels(households: list[int]) -> dict[int, HouseholdLabel]:
    with connection.cursor() as cursor:
        cursor.execute(LABELS, [households])
        return {row[0]: HouseholdLabel(*row[1:]) for row in cursor.fetchall()}
