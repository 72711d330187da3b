"""Fold what devices report into their deliveries: forward only, twice is once, late is fine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..states import DeliveryState

REPORTABLE = {
    "delivered": DeliveryState.DELIVERED,
    "opened": DeliveryState.OPENED,
    "confirmed": DeliveryState.CONFIRMED,
}

# A device's machine may have a wrong clock: nothing happened before it was planned, or after now.
FOLD = """
WITH reported AS (
    SELECT * FROM unnest(%(deliveries)s::bigint[], %(states)s::smallint[], %(times)s::timestamptz[])
        AS r(delivery_id, state, at)
), locked AS (
    SELECT id, town_id, planned_at FROM messaging_delivery
    WHERE id IN (SELECT delivery_id FROM reported) ORDER BY id FOR NO KEY UPDATE
), told AS (
    SELECT l.id, l.town_id, r.state,
           GREATEST(LEAST(r.at, clock_timestamp()), l.planned_at) AS at
    FROM reported r JOIN locked l ON l.id = r.delivery_id
), kept AS (
    INSERT INTO messaging_receipt (town_id, delivery_id, state, received_at)
    SELECT town_id, id, state, min(at) FROM told GROUP BY 1, 2, 3 ORDER BY 2, 3
    ON CONFLICT DO NOTHING
), folded AS (
    SELECT id, max(state) AS state, min(at) AS first_at,
           min(at) FILTER (WHERE state >= 6) AS opened_at,
           min(at) FILTER (WHERE state >= 7) AS confirmed_at
    FROM told GROUP BY id
)
UPDATE messaging_delivery d
SET state = GREATEST(d.state, f.state),
    sent_at = COALESCE(d.sent_at, f.first_at),
    delivered_at = LEAST(d.delivered_at, f.first_at),
    opened_at = LEAST(d.opened_at, f.opened_at),
    confirmed_at = LEAST(d.confirmed_at, f.confirmed_at)
FROM folded f WHERE d.id = f.id
"""


@dataclass(frozen=True, slots=True)
class Report:
    """A device or provider says that a delivery came this far (DELIVERED or more)."""

    delivery_id: int
    state: DeliveryState
    at: datetime


def fold_parameters(reports: Sequence[Report]) -> dict[str, Any]:
    """Parameters of FOLD for these reports."""
    return {
        "deliveries": [report.delivery_id for report in reports],
        "states": [int(report.state) for report in reports],
        "times": [report.at for report in reports],
    }
