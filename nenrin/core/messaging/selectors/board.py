"""What the reach board asks: districts in four parts, the ladder's rungs, and who comes next."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from nenrin.core.areas.models import District
from nenrin.core.messaging.models import HouseholdReach, Message, Rung
from nenrin.core.messaging.services.climb_ladder import VISIT
from nenrin.core.messaging.states import DeliveryState

SILENT = Q(reached=False)
PARTS = {
    "households": Count("*"),
    "confirmed": Count("household_id", filter=Q(reached=True)),
    "opened": Count("household_id", filter=SILENT & Q(state=DeliveryState.OPENED)),
    "sent": Count(
        "household_id",
        filter=SILENT & Q(state__in=[DeliveryState.SENT, DeliveryState.DELIVERED]),
    ),
    "waiting": Count("household_id", filter=SILENT & Q(state=DeliveryState.PLANNED)),
    "answered": Count("household_id", filter=Q(answered=True)),
    "needs_help": Count("household_id", filter=Q(needs_help=True)),
}
BY_RUNG = """
SELECT rung, sum(planned)::int, sum(done)::int, count(*), min(began), max(ended)
FROM (
    SELECT rung, household_id, count(*) AS planned, count(*) FILTER (WHERE state <> 0) AS done,
           min(planned_at) AS began, max(sent_at) AS ended
    FROM messaging_delivery WHERE message_id = %(message)s AND household_id IS NOT NULL
    GROUP BY rung, household_id
) homes GROUP BY rung
"""
# Everything the board counts, in one pass over the view; Python does the adding up.
SNAPSHOT = """
SELECT household_id, district_id, state, reached, answered, needs_help
FROM messaging_householdreach WHERE message_id = %(message)s
"""
# A visit is done when the town has heard of the household, however it did.
VISITS = """
SELECT count(*), count(*) FILTER (WHERE household_id <> ALL(%(silent)s::bigint[])), min(planned_at)
FROM messaging_visit WHERE message_id = %(message)s AND visitor_id IS NOT NULL
"""
# How many households not reached have which means that the ladder has not used yet.
MEANS_LEFT = """
SELECT kinds, count(*) FROM (
    SELECT s.household_id, array_remove(array_agg(DISTINCT e.kind::text), NULL) AS kinds
    FROM unnest(%(silent)s::bigint[]) s(household_id)
    LEFT JOIN messaging_endpoint e ON e.household_id = s.household_id
         AND e.retired_at IS NULL AND e.verified_at IS NOT NULL AND e.consented_at IS NOT NULL
    GROUP BY s.household_id
) means GROUP BY kinds
"""


@dataclass(frozen=True)
class ReachParts:
    """Households in parts that add up: confirmed, opened, sent, still waiting, out of reach."""

    households: int = 0
    confirmed: int = 0
    opened: int = 0
    sent: int = 0
    waiting: int = 0
    answered: int = 0
    needs_help: int = 0
    name: str = ""
    code: str = ""

    @property
    def failed(self) -> int:
        """No means at all, or every one of them failed."""
        return self.households - self.confirmed - self.opened - self.sent - self.waiting

    @property
    def silent(self) -> int:
        """Households of which nothing was heard."""
        return self.households - self.confirmed

    @property
    def share(self) -> float:
        """Reached, of all: 0 to 1."""
        return self.confirmed / self.households if self.households else 0.0


@dataclass(frozen=True)
class RungProgress:
    """One rung of a message's ladder. ``state``: done, running, next, later, unneeded, stopped."""

    position: int
    kinds: Sequence[str]
    at: datetime
    state: str
    planned: int = 0
    done: int = 0
    households: int = 0
    expected: int = 0
    last_sent_at: datetime | None = None

    @property
    def is_visit(self) -> bool:
        """Whether people go to the doors."""
        return VISIT in self.kinds

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to come."""
        return self.state in ("next", "later")


@dataclass(frozen=True)
class Snapshot:
    """A message's reach at one moment: parts per district, and the households still silent."""

    districts: Sequence[ReachParts]
    silent: Sequence[int]
    silent_in: dict[str, list[int]]


def take_snapshot(message: UUID) -> Snapshot:
    """Read the reach of a message in one pass; districts and households in a lasting order."""
    by_district: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in _rows(SNAPSHOT, message):
        by_district[row[1]].append(row)
    districts, silent_in = [], {}
    for district in District.objects.filter(pk__in=by_district).order_by("code"):
        rows = by_district[district.pk]
        districts.append(_parts(rows, district))
        silent_in[district.code] = sorted(row[0] for row in rows if not row[3])
    everyone = [household for part in silent_in.values() for household in part]
    return Snapshot(districts, everyone, silent_in)


def _parts(rows: Sequence[tuple[Any, ...]], district: District) -> ReachParts:
    silent = Counter(row[2] for row in rows if not row[3])
    return ReachParts(
        households=len(rows),
        confirmed=len(rows) - silent.total(),
        opened=silent[DeliveryState.OPENED],
        sent=silent[DeliveryState.SENT] + silent[DeliveryState.DELIVERED],
        waiting=silent[DeliveryState.PLANNED],
        answered=sum(row[4] for row in rows),
        needs_help=sum(row[5] for row in rows),
        name=district.name,
        code=district.code,
    )


def sum_of_parts(districts: Sequence[ReachParts]) -> ReachParts:
    """The whole audience, from its districts."""
    return ReachParts(
        name="全体", **{name: sum(getattr(part, name) for part in districts) for name in PARTS}
    )


def parts_of_messages(messages: Sequence[UUID]) -> dict[UUID, ReachParts]:
    """Parts of several messages at once."""
    rows = (
        HouseholdReach.objects.filter(message__in=messages)
        .order_by()
        .values("message")
        .annotate(**PARTS)
    )
    return {row["message"]: ReachParts(**{name: row[name] for name in PARTS}) for row in rows}  # type: ignore[literal-required]


def rungs_of(message: Message, silent: Sequence[int] | None = None) -> list[RungProgress]:
    """Every rung with its time, how far it is, and how many households it will meet.

    ``silent`` spares another look where a snapshot was taken already.
    """
    if message.released_at is None:
        return []
    now = timezone.now()
    unheard = list(take_snapshot(message.pk).silent if silent is None else silent)
    rungs = list(Rung.objects.filter(ladder__severity=message.severity).order_by("position"))
    counted = {row[0]: row[1:] for row in _rows(BY_RUNG, message.pk)}
    visits = _rows(VISITS, message.pk, unheard)[0]
    ahead = [r for r in rungs if not _begun(r, counted, visits) and _time(message, r) > now]
    left = _means_left(message, unheard) if ahead else []
    stands = still_stands(message, now)
    made = []
    for rung in rungs:
        at = _time(message, rung)
        if rung in ahead:
            state = "stopped" if not stands else ("next" if rung == ahead[0] else "later")
            expected = _expected(rung, left)
            made.append(RungProgress(rung.position, rung.kinds, at, state, expected=expected))
        elif VISIT in rung.kinds:
            made.append(_visit_progress(rung, at, visits))
        else:
            made.append(_progress(rung, at, counted.get(rung.position)))
    return made


def still_stands(message: Message, now: datetime) -> bool:
    """Whether the ladder climbs on: not over, and no newer message took its place."""
    replaced = Message.objects.filter(supersedes=message, released_at__isnull=False)
    return message.expires_at > now and not replaced.exists()


def begun_rungs(message: Message) -> list[RungProgress]:
    """The rungs whose deliveries were planned; nothing is asked about households."""
    rungs = {rung.position: rung for rung in Rung.objects.filter(ladder__severity=message.severity)}
    return [
        _progress(rungs[row[0]], row[4], row[1:])
        for row in _rows(BY_RUNG, message.pk)
        if row[0] in rungs
    ]


def _rows(statement: str, message: UUID, silent: Sequence[int] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"message": message, "silent": list(silent)})
        return list(cursor.fetchall())


def _time(message: Message, rung: Rung) -> datetime:
    released = message.released_at or message.created_at
    return released + timedelta(seconds=rung.wait_seconds / message.hurry)


def _begun(rung: Rung, counted: dict[int, tuple[Any, ...]], visits: tuple[Any, ...]) -> bool:
    return bool(visits[0]) if VISIT in rung.kinds else rung.position in counted


def _means_left(message: Message, silent: Sequence[int]) -> list[tuple[set[str], int]]:
    rows = _rows(MEANS_LEFT, message.pk, silent)
    return [(set(kinds), int(count)) for kinds, count in rows]


def _expected(rung: Rung, left: list[tuple[set[str], int]]) -> int:
    if VISIT in rung.kinds:
        return sum(count for _, count in left)
    return sum(count for kinds, count in left if kinds & set(rung.kinds))


def _visit_progress(rung: Rung, at: datetime, visits: tuple[Any, ...]) -> RungProgress:
    planned, done, began = visits
    state = "unneeded" if not planned else ("done" if planned == done else "running")
    return RungProgress(
        rung.position,
        rung.kinds,
        began or at,
        state,
        planned=planned,
        done=done,
        households=planned,
    )


def _progress(rung: Rung, at: datetime, row: tuple[Any, ...] | None) -> RungProgress:
    if row is None:
        return RungProgress(rung.position, rung.kinds, at, "unneeded")
    planned, done, households, began, last = row
    return RungProgress(
        rung.position,
        rung.kinds,
        began,
        "done" if planned == done else "running",
        planned=planned,
        done=done,
        households=households,
        last_sent_at=last,
    )
