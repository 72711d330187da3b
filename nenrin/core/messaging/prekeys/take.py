"""Taking single-use keys, and keeping sealed bytes for another attempt.

Everything here runs inside the caller's transaction. A key may be sealed with only after that
transaction has committed; after a crash it is gone and the next attempt has a key of its own.
"""

from collections.abc import Iterable, Mapping

from django.db import connection

from ..transports.webpush.encryption import SealingKey

# One key each; a row that another transaction is taking is passed over, never waited for.
TAKE = """
WITH chosen AS (
    SELECT wanted.delivery_id, k.id
    FROM unnest(%s::bigint[], %s::bigint[]) AS wanted(delivery_id, endpoint_id)
    CROSS JOIN LATERAL (
        SELECT id FROM messaging_prekey WHERE endpoint_id = wanted.endpoint_id
        LIMIT 1 FOR UPDATE SKIP LOCKED
    ) k
)
DELETE FROM messaging_prekey p USING chosen c WHERE p.id = c.id
RETURNING c.delivery_id, p.header, p.key, p.nonce
"""
KEPT = "SELECT delivery_id, body FROM messaging_sealedpush WHERE delivery_id = ANY(%s)"
KEEP = """
INSERT INTO messaging_sealedpush (town_id, delivery_id, body)
SELECT d.town_id, d.id, t.body FROM unnest(%s::bigint[], %s::bytea[]) AS t(id, body)
JOIN messaging_delivery d ON d.id = t.id
ON CONFLICT (delivery_id) DO UPDATE SET body = EXCLUDED.body
"""
DROP = "DELETE FROM messaging_sealedpush WHERE delivery_id = ANY(%s)"
DROP_ENDED = """
DELETE FROM messaging_sealedpush s USING messaging_delivery d
WHERE d.id = s.delivery_id AND d.state <> 0
"""


def take_prekeys(endpoints: Mapping[int, int]) -> dict[int, SealingKey]:
    """A key for each delivery whose subscription (its endpoint) still has one."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [list(endpoints), list(endpoints.values())])
        rows = cursor.fetchall()
    return {row[0]: SealingKey(bytes(row[1]), bytes(row[2]), bytes(row[3])) for row in rows}


def kept_pushes(deliveries: Iterable[int]) -> dict[int, bytes]:
    """The sealed bytes of earlier attempts."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [list(deliveries)])
        return {delivery: bytes(body) for delivery, body in cursor.fetchall()}


def keep_pushes(bodies: Mapping[int, bytes]) -> None:
    """Have the next attempt of each delivery send these bytes."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [list(bodies), list(bodies.values())])


def drop_pushes(deliveries: Iterable[int]) -> None:
    """Forget the bytes of deliveries that ended."""
    with connection.cursor() as cursor:
        cursor.execute(DROP, [list(deliveries)])


def drop_ended_pushes() -> int:
    """Forget what ended without another attempt (expired, superseded)."""
    with connection.cursor() as cursor:
        cursor.execute(DROP_ENDED)
        return int(cursor.rowcount)
