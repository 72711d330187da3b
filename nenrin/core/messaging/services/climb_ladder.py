"""One rung of a message's ladder: the next channels, for households not yet reached."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from nenrin.core.events.bus import announce

from ..events import VisitsPlanned
from ..models import Channel, Message, Rung
from ..transports.contract import Transport, transports

VISIT = "visit"
CLIMB = "nenrin.core.messaging.tasks.climb"
DELIVER = "nenrin.core.messaging.tasks.deliver"

# A set, so that the view is computed once and not for every household.
UNREACHED = """
a.household_id NOT IN (SELECT r.household_id FROM messaging_householdreach r
                       WHERE r.message_id = %(message)s AND r.reached)
"""
INSERT = """
INSERT INTO messaging_delivery (town_id, message_id, channel_id, household_id, endpoint_id, rung,
    state, attempts, due_at, planned_at, provider_reference, failure)
"""
VALUES = "%(rung)s, 0, 0, now(), now(), '', ''"
TO_ENDPOINTS = f"""
{INSERT} SELECT a.town_id, a.message_id, %(channel)s, a.household_id, e.id, {VALUES}
FROM messaging_audiencehousehold a JOIN messaging_endpoint e ON e.household_id = a.household_id
WHERE a.message_id = %(message)s AND e.kind = %(kind)s AND e.retired_at IS NULL
  AND e.verified_at IS NOT NULL AND e.consented_at IS NOT NULL AND {{unreached}}
ORDER BY e.id ON CONFLICT DO NOTHING
"""
TO_HOUSEHOLDS_WITHOUT_ENDPOINT = f"""
{INSERT} SELECT a.town_id, a.message_id, %(channel)s, a.household_id, NULL, {VALUES}
FROM messaging_audiencehousehold a
WHERE a.message_id = %(message)s AND NOT EXISTS (
    SELECT 1 FROM messaging_endpoint e WHERE e.household_id = a.household_id
    AND e.retired_at IS NULL AND e.verified_at IS NOT NULL AND e.consented_at IS NOT NULL
    AND e.kind NOT IN ('voice', 'sms'))
  AND {{unreached}} ON CONFLICT DO NOTHING
"""
BROADCAST = f"""
{INSERT} SELECT m.town_id, m.id, %(channel)s, NULL, NULL, {VALUES}
FROM messaging_message m WHERE m.id = %(message)s ON CONFLICT DO NOTHING
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

    Only households not yet reached are planned for; an endpoint is never planned twice. Runs in
    the caller's transaction. A message that expired or was superseded climbs no further.
    """
    rungs = {rung.position: rung for rung in Rung.objects.filter(ladder__severity=message.severity)}
    if position not in rungs or not _still_stands(message):
        return
    for kind in rungs[position].kinds:
        if kind == VISIT:
            _plan_visits(message)
        else:
            _plan_kind(message, kind, position)
    following = rungs.get(position + 1)
    if following and message.released_at:
        wait = timedelta(seconds=following.wait_seconds / message.hurry)
        app.configure_task(
            name=CLIMB,
            queue="river",
            schedule_at=message.released_at + wait,
        ).defer(town=message.town_id, message=str(message.pk), position=position + 1)


def _still_stands(message: Message) -> bool:
    replaced = Message.objects.filter(supersedes=message, released_at__isnull=False).exists()
    return message.expires_at > timezone.now() and not replaced


def _plan_kind(message: Message, kind: str, position: int) -> None:
    channel = Channel.objects.filter(kind=kind, is_enabled=True).first()
    if channel is None:
        return
    transport = transports.get(kind)
    # On the first rung nobody can have been reached yet.
    unreached = UNREACHED if position else "true"
    with connection.cursor() as cursor:
        cursor.execute(
            _statement(transport).format(unreached=unreached),
            {"message": message.pk, "channel": channel.pk, "kind": kind, "rung": position},
        )
        planned = cursor.rowcount
    for _ in range(min(transport.parallel_jobs, -(-planned // transport.shard_size))):
        defer_delivery(town=str(message.town_id), message=str(message.pk), channel=channel.pk)


def _statement(transport: Transport) -> str:
    if not transport.is_personal:
        return BROADCAST
    return TO_ENDPOINTS if transport.needs_endpoint else TO_HOUSEHOLDS_WITHOUT_ENDPOINT


def defer_delivery(*, town: str, message: str, channel: int) -> None:
    """Let a worker send what is due on this channel; exists only if the transaction commits."""
    job = app.configure_task(name=DELIVER, queue="river", priority=10)
    job.defer(town=town, message=message, channel=channel)


def _plan_visits(message: Message) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TO_VISITORS, {"message": message.pk})
        planned = cursor.rowcount
    if planned:
        announce(VisitsPlanned(message=str(message.pk), households=planned))
