"""Write outcomes down in batches."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from ..states import DeliveryState
from ..transports.contract import Fate, Outcome
from .claim import MAX_ATTEMPTS

BACKOFF_SECONDS = (2, 5, 15, 30, 60, 120, 300)
SHORTEST_WAIT = 1.0

# Moments are ages on the sender's own steady clock, counted back from the database's clock: a
# machine whose clock is wrong must not move anything into the past or the future.
RECORD = """
WITH told AS (
    SELECT *, clock_timestamp() - make_interval(secs => age) AS at
    FROM unnest(%(ids)s::bigint[], %(states)s::smallint[], %(references)s::text[],
        %(reasons)s::text[], %(waits)s::float8[], %(charges)s::smallint[], %(ages)s::float8[])
        AS t(id, state, reference, reason, wait, charge, age)
), locked AS (
    SELECT id FROM messaging_delivery WHERE id IN (SELECT id FROM told)
    ORDER BY id FOR NO KEY UPDATE
)
UPDATE messaging_delivery d
SET state = CASE WHEN t.state = 0 AND t.charge > 0 AND d.attempts >= %(limit)s
                 THEN GREATEST(d.state, 3) ELSE GREATEST(d.state, t.state) END,
    attempts = CASE WHEN t.state = 0 AND t.charge = 0 THEN GREATEST(d.attempts - 1, 0)
                    ELSE d.attempts END,
    sent_at = CASE WHEN t.state >= 4 THEN COALESCE(d.sent_at, t.at) ELSE d.sent_at END,
    delivered_at = CASE WHEN t.state >= 5 THEN COALESCE(d.delivered_at, t.at)
                        ELSE d.delivered_at END,
    due_at = CASE WHEN t.state = 0 THEN t.at + make_interval(secs => t.wait) ELSE d.due_at END,
    claimed_by = NULL,
    provider_reference = CASE WHEN t.reference = '' THEN d.provider_reference
                              ELSE t.reference END,
    failure = t.reason
FROM told t JOIN locked l ON l.id = t.id WHERE d.id = t.id
"""
RETIRE = """
UPDATE messaging_endpoint e SET retired_at = now(), retired_reason = t.reason
FROM unnest(%s::bigint[], %s::text[]) AS t(id, reason), messaging_delivery d
WHERE d.id = t.id AND e.id = d.endpoint_id AND e.retired_at IS NULL
"""
STATES = {
    Fate.SENT: DeliveryState.SENT,
    Fate.DELIVERED: DeliveryState.DELIVERED,
    Fate.TEMPORARY: DeliveryState.PLANNED,
    Fate.PERMANENT: DeliveryState.FAILED,
    Fate.GONE: DeliveryState.FAILED,
}


def record_outcomes(outcomes: Sequence[tuple[Outcome, float]], attempts: dict[int, int]) -> None:
    """Write outcomes, each with its age in seconds; endpoints that are gone are retired.

    ``attempts`` gives each delivery's attempts so far, from which the back-off follows. After
    MAX_ATTEMPTS a temporary failure is final. Where the provider named a time itself, it is kept
    to and the attempt does not count: who asks for patience has not failed.
    """
    if not outcomes:
        return
    with connection.cursor() as cursor:
        cursor.execute(RECORD, _parameters(outcomes, attempts))
        gone = [outcome for outcome, _ in outcomes if outcome.fate is Fate.GONE]
        if gone:
            ids, reasons = zip(*((o.delivery_id, o.reason[:200]) for o in gone), strict=True)
            cursor.execute(RETIRE, [list(ids), list(reasons)])


def _parameters(
    outcomes: Sequence[tuple[Outcome, float]], attempts: dict[int, int]
) -> dict[str, Any]:
    return {
        "ids": [outcome.delivery_id for outcome, _ in outcomes],
        "states": [int(STATES[outcome.fate]) for outcome, _ in outcomes],
        "references": [outcome.reference[:200] for outcome, _ in outcomes],
        "reasons": [outcome.reason[:200] for outcome, _ in outcomes],
        "waits": [wait_seconds(outcome, attempts) for outcome, _ in outcomes],
        "charges": [int(outcome.retry_after is None) for outcome, _ in outcomes],
        "ages": [age for _, age in outcomes],
        "limit": MAX_ATTEMPTS,
    }


def wait_seconds(outcome: Outcome, attempts: dict[int, int]) -> float:
    """Seconds until a temporary failure is tried again: the provider's wish, or the back-off."""
    if outcome.retry_after is not None:
        return max(outcome.retry_after, SHORTEST_WAIT)
    step = min(attempts.get(outcome.delivery_id, 1), len(BACKOFF_SECONDS)) - 1
    return float(BACKOFF_SECONDS[step])
