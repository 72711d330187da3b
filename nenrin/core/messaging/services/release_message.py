"""Let a message go: from here on its words do not change."""

from django.db import connection, transaction

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.database.clock import database_now
from nenrin.core.events.bus import announce

from ..events import MessageReleased
from ..models import Audience, Ladder, Message
from ..replacement import stop_older
from .climb_ladder import plan_rung

RESOLVE = """
INSERT INTO messaging_audiencehousehold (town_id, message_id, household_id, district_id)
SELECT h.town_id, %(message)s, h.id, h.district_id FROM people_household h
WHERE h.left_on IS NULL
  AND (%(kind)s = 'all' OR (%(kind)s = 'districts' AND h.district_id = ANY(%(districts)s))
       OR (%(kind)s = 'households' AND h.id = ANY(%(households)s))
       OR (%(kind)s = 'persons' AND h.id IN (
           SELECT p.household_id FROM people_person p
           WHERE p.id = ANY(%(persons)s) AND p.left_on IS NULL)))
ON CONFLICT DO NOTHING
"""


class NotReleasable(Exception):
    """The message cannot go out as it is; the text says what to do, in Japanese."""


@transaction.atomic
def release_message(*, message: Message, acting_user: str) -> int:
    """Release a message to its audience; returns the number of households.

    The audience is resolved and stored, the first rung is planned, and its jobs are deferred, all
    in one transaction. What it supersedes is not sent any more to the same households; those it
    leaves out keep the older message. Raises NotReleasable.
    """
    message = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
    _check(message)
    message.released_at = database_now()
    message.save(update_fields=["released_at"])
    households = _resolve(message.audience)
    if message.supersedes_id:
        stop_older(message)
    plan_rung(message=message, position=0)
    announce(MessageReleased(message=str(message.pk), households=households))
    record_act(
        actor=acting_user,
        action="messaging.release",
        subject=f"message:{message.pk}",
        detail={"households": households, "drill": message.is_drill, "severity": message.severity},
    )
    return households


def _check(message: Message) -> None:
    if message.released_at:
        raise NotReleasable(
            "この知らせはすでに出ています。直すときは新しい知らせで更新してください。"
        )
    if message.expires_at <= database_now():
        raise NotReleasable("有効期限が過ぎています。期限を先の日時にしてください。")
    if not Ladder.objects.filter(severity=message.severity).exists():
        raise NotReleasable("この重さの送り方がありません。送り方の設定を確かめてください。")


def _resolve(audience: Audience) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            RESOLVE,
            {
                "message": audience.message_id,
                "kind": audience.kind,
                "districts": audience.districts,
                "households": audience.households,
                "persons": audience.persons,
            },
        )
        households = int(cursor.rowcount)
    if not households:
        raise NotReleasable("送り先の世帯がありません。地区か世帯を選んでください。")
    audience.resolved_at = database_now()
    audience.save(update_fields=["resolved_at"])
    return households
