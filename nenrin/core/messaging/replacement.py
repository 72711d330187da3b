"""What a newer message replaces: household by household.

An order for two districts that is lifted in one of them still stands in the other. A chain of
messages (each supersedes the one before) is read as a whole: for a household the newest message of
the chain that was meant for it holds.
"""

from uuid import UUID

from django.db import connection
from django.utils import timezone

from .models import Message

NEWER = """
WITH RECURSIVE newer(id) AS (
    SELECT m.id FROM messaging_message m
    WHERE m.supersedes_id = %(message)s AND m.released_at IS NOT NULL
    UNION
    SELECT m.id FROM messaging_message m JOIN newer n ON m.supersedes_id = n.id
    WHERE m.released_at IS NOT NULL
)
"""
TOLD_NEWER = f"""
{NEWER} SELECT told.household_id
FROM messaging_audiencehousehold told JOIN newer ON newer.id = told.message_id
"""
NEWEST_FOR = f"""
{NEWER} SELECT m.id FROM messaging_audiencehousehold told
JOIN newer ON newer.id = told.message_id JOIN messaging_message m ON m.id = told.message_id
WHERE told.household_id = %(household)s ORDER BY m.released_at DESC LIMIT 1
"""
STANDS = f"""
SELECT EXISTS (SELECT 1 FROM messaging_audiencehousehold a
               WHERE a.message_id = %(message)s AND a.household_id NOT IN ({TOLD_NEWER}))
"""
OLDER = """
WITH RECURSIVE older(id) AS (
    SELECT supersedes_id FROM messaging_message WHERE id = %(message)s
    UNION
    SELECT m.supersedes_id FROM messaging_message m JOIN older o ON m.id = o.id
    WHERE m.supersedes_id IS NOT NULL
)
SELECT id FROM older WHERE id IS NOT NULL
"""
STOP = f"""
UPDATE messaging_delivery d SET state = 2
WHERE d.state = 0 AND d.message_id IN ({OLDER}) AND d.household_id IN (
    SELECT household_id FROM messaging_audiencehousehold WHERE message_id = %(message)s)
"""
STOP_BROADCASTS = """
UPDATE messaging_delivery SET state = 2
WHERE state = 0 AND message_id = %(message)s AND household_id IS NULL
"""


def stands_for_anyone(message: Message) -> bool:
    """Whether a released message is still the newest word for at least one household."""
    with connection.cursor() as cursor:
        cursor.execute(STANDS, {"message": message.pk})
        return bool(cursor.fetchone()[0])


def newer_for(message: Message, household_id: int) -> Message | None:
    """The newest message of the chain that was meant for this household after the one given."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST_FOR, {"message": message.pk, "household": household_id})
        row = cursor.fetchone()
    return Message.objects.get(pk=row[0]) if row else None


def stop_older(message: Message) -> None:
    """Take back what was planned of older messages of the chain for this message's households."""
    with connection.cursor() as cursor:
        cursor.execute(STOP, {"message": message.pk})
        cursor.execute(OLDER, {"message": message.pk})
        older = [row[0] for row in cursor.fetchall()]
    for one in Message.objects.filter(pk__in=older, released_at__isnull=False):
        if not stands_for_anyone(one):
            with connection.cursor() as cursor:
                cursor.execute(STOP_BROADCASTS, {"message": one.pk})


def replaced_messages() -> set[UUID]:
    """Messages in their time of validity that a newer one has replaced for everyone."""
    replaced = Message.objects.filter(
        released_at__isnull=False,
        expires_at__gt=timezone.now(),
        pk__in=Message.objects.filter(released_at__isnull=False, supersedes__isnull=False).values(
            "supersedes"
        ),
    )
    return {message.pk for message in replaced if not stands_for_anyone(message)}
