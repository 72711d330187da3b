"""Whom a message would reach, rung by rung, before it goes out. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from nenrin.core.messaging.models import Channel, Rung
from nenrin.core.messaging.services.climb_ladder import VISIT
from nenrin.core.messaging.transports.contract import transports

LIVING = """
SELECT h.id FROM people_household h
WHERE h.left_on IS NULL AND (%(everyone)s OR h.district_id = ANY(%(districts)s))
"""
USABLE = "e.retired_at IS NULL AND e.verified_at IS NOT NULL AND e.consented_at IS NOT NULL"
BY_KIND = f"""
SELECT e.kind, count(*), count(DISTINCT e.household_id), count(DISTINCT e.person_id)
FROM messaging_endpoint e WHERE e.household_id IN ({LIVING}) AND {USABLE} GROUP BY e.kind
"""
TOTALS = f"""
WITH homes AS ({LIVING})
SELECT (SELECT count(*) FROM homes),
       (SELECT count(*) FROM people_person p WHERE p.left_on IS NULL
        AND p.household_id IN (SELECT id FROM homes)),
       (SELECT count(*) FROM homes WHERE id NOT IN (
            SELECT e.household_id FROM messaging_endpoint e
            WHERE {USABLE} AND e.kind NOT IN ('voice', 'sms')))
"""


@dataclass(frozen=True)
class KindForecast:
    """One channel of a rung. ``households`` is None where the channel speaks to everybody."""

    kind: str
    label: str
    endpoints: int
    households: int | None
    persons: int


@dataclass(frozen=True)
class RungForecast:
    """The channels that would be used ``wait_seconds`` after the release."""

    position: int
    wait_seconds: int
    kinds: list[KindForecast]

    @property
    def minutes(self) -> int:
        """Whole minutes to wait."""
        return self.wait_seconds // 60


@dataclass(frozen=True)
class Forecast:
    """The audience, and what each rung would reach of it at most."""

    households: int
    persons: int
    without_digital: int
    rungs: list[RungForecast]


def forecast_reach(*, severity: int, districts: Sequence[int] = ()) -> Forecast:
    """Resolve an audience (the whole town where no district is given) against the ladder, dry."""
    parameters: dict[str, Any] = {"everyone": not districts, "districts": list(districts)}
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, parameters)
        households, persons, without_digital = cursor.fetchone()
        cursor.execute(BY_KIND, parameters)
        counts = {row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()}
    counts |= {"paper": (without_digital, without_digital, 0), VISIT: (0, households, 0)}
    enabled = set(Channel.objects.filter(is_enabled=True).values_list("kind", flat=True)) | {VISIT}
    rungs = [
        RungForecast(
            rung.position,
            rung.wait_seconds,
            [_kind(kind, counts) for kind in rung.kinds if kind in enabled],
        )
        for rung in Rung.objects.filter(ladder__severity=severity).order_by("position")
    ]
    return Forecast(households, persons, without_digital, rungs)


def _kind(kind: str, counts: dict[str, tuple[int, int, int]]) -> KindForecast:
    endpoints, households, persons = counts.get(kind, (0, 0, 0))
    if kind == VISIT:
        return KindForecast(kind, "訪問（まだ届かない家）", 0, households, 0)
    transport = transports.get(kind)
    if not transport.is_personal:
        return KindForecast(kind, transport.label, 1, None, 0)
    return KindForecast(kind, transport.label, endpoints, households, persons)
