"""One rung of a message's ladder: the next channels, for households not yet reached."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now
from procrastinate.contrib.django import app

from nenrin.core.events.bus import announce

from ..events import VisitsPlanned
from ..models import Audience, Channel, Message, Rung
from ..preferences import DUE, WANTED
from ..replacement import TOLD_NEWER, stands_for_anyone
from ..transports.contract import Transport, transports

VISIT = "visit"
CLIMB = "nenrin.core.messaging.tasks.climb"
DELIVER = "nenrin.core.messaging.tasks.deliver"
FIRST_JOBS = 10

# Sets, so that they are computed once and not for every household.
REACHED = """
a.household_id NOT IN (SELECT r.household_id FROM messaging_householdreach r
                       WHERE r.message_id = %(message)s AND r.reached)
"""
UNREACHED = f"{REACHED} AND a.household_id NOT IN ({TOLD_NEWER})"
INSERT = """
INSERT INTO messaging_delivery (town_id, message_id, channel_id, household_id, endpoint_id, rung,
    state, attempts, due_at, planned_at, provider_reference, failure)
"""
VALUES = "%(rung)s, 0, 0, {due}, now(), '', ''"
AT_ONCE = VALUES.format(due="now()")
# One pass over the endpoints for all kinds of a rung; the rows never leave the database.
TO_ENDPOINTS = f"""
WITH senders AS (
    SELECT * FROM unnest(%(channels)s::bigint[], %(kinds)s::text[]) AS s(channel_id, kind)
), planned AS (
    {INSERT} SELECT a.town_id, a.message_id, s.channel_id, a.household_id, e.id,
        {VALUES.format(due=DUE)}
    FROM messaging_audiencehousehold a JOIN messaging_endpoint e ON e.household_id = a.household_id
    JOIN senders s ON s.kind = e.kind JOIN messaging_message m ON m.id = a.message_id
    WHERE {WANTED} AND a.message_id = %(message)s AND e.retired_at IS NULL
      AND e.verified_at IS NOT NULL AND e.consented_at IS NOT NULL AND {{unreached}} AND {{meant}}
    ORDER BY s.channel_id, e.id ON CONFLICT DO NOTHING RETURNING channel_id
)
SELECT channel_id, count(*) FROM planned GROUP BY channel_id
"""
# Of a message for persons: their own devices, and the tablet of one who lives alone.
MEANT = """(e.person_id = ANY(%(persons)s) OR (e.person_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM people_person p WHERE p.household_id = a.household_id AND p.left_on IS NULL
    AND p.id <> ALL(%(persons)s))))"""
# A message just released has no statistics: the planner thinks it has a handful of households and
# walks the endpoints once for each. Hash joins cost the same for a few and are right for all.
HASH_JOINS = "SET LOCAL enable_nestloop = {}"
TO_HOUSEHOLDS_WITHOUT_ENDPOINT = f"""
{INSERT} SELECT a.town_id, a.message_id, %(channel)s, a.household_id, NULL, {AT_ONCE}
FROM messaging_audiencehousehold a
WHERE a.message_id = %(message)s AND NOT EXISTS (
    SELECT 1 FROM messaging_endpoint e WHERE e.household_id = a.household_id
    AND e.retired_at IS NULL AND e.verified_at IS NOT NULL AND e.consented_at IS NOT NULL
    AND e.kind NOT IN ('voice', 'sms'))
  AND {{unreached}} ON CONFLICT DO NOTHING
"""
BROADCAST = f"""
{INSERT} SELECT m.town_id, m.id, %(channel)s, NULL, NULL, {AT_ONCE}
FROM messaging_message m WHERE m.id = %(message)s AND NOT EXISTS (
    SELECT 1 FROM messaging_audience a
    WHERE a.message_id = m.id AND a.kind IN ('households', 'persons'))
ON CONFLICT DO NOTHING
"""
TO_VISITORS = f"""
INSERT INTO messaging_visit (town_id, message_id, household_id, visitor_id, planned_at, note)
SELECT a.town_id, a.message_id, a.household_id, (
    SELECT v.id FROM people_visitor v WHERE v.district_id = a.district_id
    ORDER BY (a.household_id + v.id) %% 7, v.id LIMIT 1), now(), ''
FROM messaging_audiencehousehold a
WHERE a.message_id = %(message)s AND {UNREACHED} ON CONFLICT DO NOTHING
"""


def plan_rung(*, message: Message, position: int) -> None:
    """Plan a rung's deliveries, defer their jobs, and set the time of the rung after it.

    Only households not yet reached, and not told anything newer, are planned for; an endpoint is
    never planned twice. Runs in the caller's transaction. A message that expired, or was superseded
    for everyone, climbs no further.
    """
    rungs = {rung.position: rung for rung in Rung.objects.filter(ladder__severity=message.severity)}
    if position not in rungs or not _still_stands(message):
        return
    kinds = rungs[position].kinds
    _plan_channels(message, Channel.objects.filter(kind__in=kinds, is_enabled=True), position)
    if VISIT in kinds:
        plan_visits(message)
    following = rungs.get(position + 1)
    if following and message.released_at:
        wait = timedelta(seconds=following.wait_seconds / message.hurry)
        app.configure_task(
            name=CLIMB,
            queue="river",
            schedule_at=message.released_at + wait,
        ).defer(town=message.town_id, message=str(message.pk), position=position + 1)


def _still_stands(message: Message) -> bool:
    standing = Message.objects.filter(pk=message.pk, expires_at__gt=Now())
    return standing.exists() and stands_for_anyone(message)


def _plan_channels(message: Message, channels: Iterable[Channel], position: int) -> None:
    """Plan the deliveries of these channels and the jobs that send them."""
    by_channel = {channel.pk: transports.get(channel.kind) for channel in channels}
    with connection.cursor() as cursor:
        cursor.execute(HASH_JOINS.format("off"))
        planned = _insert_deliveries(cursor, message, by_channel, position)
        cursor.execute(HASH_JOINS.format("on"))
    jobs = [
        (place, channel)
        for channel, count in planned.items()
        for place in range(by_channel[channel].jobs_for(count))
    ]
    # Every channel gets its first job before any gets its second.
    for place, channel in sorted(jobs):
        defer_delivery(
            town=str(message.town_id), message=str(message.pk), channel=channel, place=place
        )


def _insert_deliveries(
    cursor: CursorWrapper, message: Message, by_channel: dict[int, Transport], position: int
) -> dict[int, int]:
    """Insert the rows; returns how many each channel has to send."""
    # On the first rung nobody can have been reached yet.
    unreached = UNREACHED if position else "true"
    addressed = {pk: t.key for pk, t in by_channel.items() if t.is_personal and t.needs_endpoint}
    persons = _persons(message)
    about: dict[str, Any] = {"message": message.pk, "rung": position, "persons": persons}
    cursor.execute(
        TO_ENDPOINTS.format(unreached=unreached, meant=MEANT if persons else "true"),
        about | {"channels": list(addressed), "kinds": list(addressed.values())},
    )
    planned = dict(cursor.fetchall())
    for channel, transport in by_channel.items():
        if channel in addressed or persons:
            # What is for one person goes neither round the neighbours nor to the whole town.
            continue
        statement = TO_HOUSEHOLDS_WITHOUT_ENDPOINT if transport.is_personal else BROADCAST
        cursor.execute(statement.format(unreached=unreached), about | {"channel": channel})
        planned[channel] = cursor.rowcount
    return planned


def _persons(message: Message) -> list[int]:
    found = Audience.objects.filter(message=message, kind=Audience.Kind.PERSONS).first()
    return found.persons if found else []


def defer_delivery(*, town: str, message: str, channel: int, place: int = 0) -> None:
    """Let a worker send what is due on this channel; exists only if the transaction commits."""
    job = app.configure_task(name=DELIVER, queue="river", priority=max(FIRST_JOBS - place, 1))
    job.defer(town=town, message=message, channel=channel)


def plan_visits(message: Message) -> int:
    """Give every household not reached to a visitor; returns how many were added.

    A visitor at the door would read out what is for one person, so nobody visits for that.
    """
    if _persons(message):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(TO_VISITORS, {"message": message.pk})
        planned = cursor.rowcount
    if planned:
        announce(VisitsPlanned(message=str(message.pk), households=planned))
    return int(planned)
