"""Reach: who has a message, who has not, and what is tried next."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from nenrin.core.messaging.models import (
    PRIVATE_KINDS,
    Audience,
    AudienceHousehold,
    Delivery,
    Endpoint,
    HouseholdReach,
    Message,
)
from nenrin.core.messaging.replacement import replaced_messages
from nenrin.core.messaging.services.endpoints.send_test import SOURCE
from nenrin.core.messaging.states import DeliveryState

BY_CHANNEL = """
SELECT c.kind, count(*),
       count(*) FILTER (WHERE d.state >= 4), count(*) FILTER (WHERE d.state >= 5),
       count(*) FILTER (WHERE d.state >= 6), count(*) FILTER (WHERE d.state >= 7),
       count(*) FILTER (WHERE d.state = 3)
FROM messaging_delivery d JOIN messaging_channel c ON c.id = d.channel_id
WHERE d.message_id = %s GROUP BY c.kind ORDER BY min(d.rung), c.kind
"""


@dataclass(frozen=True)
class ChannelReach:
    """How many deliveries of one channel came at least this far."""

    kind: str
    planned: int
    sent: int
    delivered: int
    opened: int
    confirmed: int
    failed: int


@dataclass(frozen=True)
class AreaReach:
    """Households of one district (or of the whole audience)."""

    name: str
    households: int
    sent: int
    opened: int
    reached: int
    answered: int
    needs_help: int

    @property
    def silent(self) -> int:
        """Households of which nothing was heard."""
        return self.households - self.reached


@dataclass(frozen=True)
class SendingTimes:
    """First and last hand-over of the first rung, and how many deliveries still wait.

    Later rungs wait on purpose, so they say nothing about speed.
    """

    first_sent: datetime | None
    last_sent: datetime | None
    waiting: int


COUNTS = {
    "households": Count("*"),
    "sent": Count("household_id", filter=Q(state__gte=DeliveryState.SENT)),
    "opened": Count("household_id", filter=Q(state__gte=DeliveryState.OPENED)),
    "reached": Count("household_id", filter=Q(reached=True)),
    "answered": Count("household_id", filter=Q(answered=True)),
    "needs_help": Count("household_id", filter=Q(needs_help=True)),
}


def reach_by_channel(message: UUID) -> list[ChannelReach]:
    """Counts per channel kind, in the order of the ladder."""
    with connection.cursor() as cursor:
        cursor.execute(BY_CHANNEL, [message])
        return [ChannelReach(*row) for row in cursor.fetchall()]


def reach_total(message: UUID) -> AreaReach:
    """Counts over the whole audience."""
    return AreaReach("全体", **HouseholdReach.objects.filter(message=message).aggregate(**COUNTS))


def reach_by_district(message: UUID) -> list[AreaReach]:
    """Counts per district, in the districts' order."""
    rows: Any = (
        HouseholdReach.objects.filter(message=message)
        .order_by("district__code")
        .values("district__code", "district__name")
        .annotate(**COUNTS)
    )
    return [
        AreaReach(row["district__name"], **{name: row[name] for name in COUNTS}) for row in rows
    ]


def silent_households(message: UUID) -> QuerySet[HouseholdReach]:
    """Households not reached, by district and address."""
    return (
        HouseholdReach.objects.filter(message=message, reached=False)
        .select_related("household", "district")
        .order_by("district__code", "household__number")
    )


def sending_times(message: UUID) -> SendingTimes:
    """When the hand-overs of a message happened."""
    found = Delivery.objects.filter(message=message).aggregate(
        first=Min("sent_at", filter=Q(rung=0)),
        last=Max("sent_at", filter=Q(rung=0)),
        waiting=Count("id", filter=Q(state=DeliveryState.PLANNED)),
    )
    return SendingTimes(found["first"], found["last"], found["waiting"])


def newest_messages(limit: int = 20) -> QuerySet[Message]:
    """Released messages, newest first, without what went to single households."""
    return messages_for_everyone().exclude(source=SOURCE).order_by("-released_at")[:limit]


def messages_for_everyone() -> QuerySet[Message]:
    """Released messages that anyone may read; what went to households or persons is theirs."""
    return Message.objects.filter(released_at__isnull=False).exclude(
        audience__kind__in=PRIVATE_KINDS
    )


def standing_messages(*, is_drill: bool | None = False) -> QuerySet[Message]:
    """Messages that still hold for someone: not over, not replaced; ``is_drill`` None: both."""
    found = messages_for_everyone().filter(expires_at__gt=timezone.now())
    if is_drill is not None:
        found = found.filter(is_drill=is_drill)
    return found.exclude(pk__in=replaced_messages()).order_by("-severity", "-released_at")


def current_messages(limit: int = 10) -> QuerySet[Message]:
    """The weightiest of them, without drills."""
    return standing_messages()[:limit]


def audiences_of(messages: Sequence[Message]) -> dict[UUID, Audience]:
    """To whom each of these messages went."""
    return {one.message_id: one for one in Audience.objects.filter(message__in=messages)}


def messages_changed_at() -> datetime | None:
    """When the public messages, or which of them hold, last became different."""
    now = timezone.now()
    seen = Message.objects.filter(released_at__isnull=False).filter(
        Q(pk__in=messages_for_everyone().values("pk")) | Q(supersedes__isnull=False)
    )
    found = seen.aggregate(
        released=Max("released_at"), over=Max("expires_at", filter=Q(expires_at__lte=now))
    )
    return max(filter(None, found.values()), default=None)


def tablet_of(token: str) -> Endpoint | None:
    """The paired tablet that holds this token; None where it is unknown or retired."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    return (
        Endpoint.objects.filter(kind="tablet", keys__token_hash=digest, retired_at=None)
        .select_related("household__district", "household__neighbourhood")
        .first()
    )


def newest_delivery(endpoint: Endpoint) -> Delivery | None:
    """The newest delivery to an endpoint whose message still holds and is not replaced there."""
    replaced = AudienceHousehold.objects.filter(
        message__supersedes=OuterRef("message"),
        message__released_at__isnull=False,
        household=OuterRef("household"),
    )
    return (
        Delivery.objects.filter(endpoint=endpoint, message__expires_at__gt=timezone.now())
        .exclude(Exists(replaced))
        .select_related("message")
        .order_by("-message__released_at")
        .first()
    )
