"""Rows of the desk's lists, and what waits for the person who looks."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from nenrin.core.messaging.models import Message
from nenrin.core.messaging.selectors.reach import AreaReach, reach_total
from nenrin.core.organization.models import StaffMember
from nenrin.core.organization.roles import Role
from nenrin.core.ui.cards import Context
from nenrin.residents.alerts.models import AlertChange
from nenrin.residents.alerts.selectors import waiting_drafts
from nenrin.residents.orders.levels import Hazard
from nenrin.residents.orders.models import DraftStep, Event, MessageDraft
from nenrin.residents.orders.selectors import (
    alone_step,
    handled_telegram_messages,
    last_step,
    newest_message,
    orders_about_to_expire,
    orders_in_force,
    returned_to,
    standing_orders,
    unreviewed_releases,
    waiting_for_consent,
)

from .previews import audience_words

HAZARDS = Path(__file__).with_name("hazards.csv")


@dataclass(frozen=True)
class DraftRow:
    """A draft with its audience and its newest turn."""

    draft: MessageDraft
    audience: str
    step: DraftStep | None


@dataclass(frozen=True)
class EventRow:
    """An event with the end of its chain."""

    event: Event
    message: Message
    reach: AreaReach
    orders: list[str]
    alone: DraftStep | None


def draft_rows(drafts: Iterable[MessageDraft]) -> list[DraftRow]:
    """Rows of drafts in work."""
    return [DraftRow(draft, audience_words(draft), last_step(draft)) for draft in drafts]


def event_rows(events: Iterable[Event]) -> list[EventRow]:
    """Rows of events that said something."""
    found = ((event, newest_message(event)) for event in events)
    return [_event_row(event, message) for event, message in found if message]


def _event_row(event: Event, message: Message) -> EventRow:
    written = MessageDraft.objects.filter(message=message).first()
    labels = [f"{o.label} {o.district.name}" for o in standing_orders(event)]
    alone = alone_step(written) if written else None
    return EventRow(event, message, reach_total(message.pk), labels, alone)


def waiting_telegrams() -> list[AlertChange]:
    """Drafts by telegrams that nobody has taken over yet."""
    taken = set(handled_telegram_messages().values_list("made_by_telegram", flat=True))
    return [change for change in waiting_drafts() if change.message_id not in taken]


def telegram_of(message: UUID | None) -> AlertChange | None:
    """The telegram's change that made a draft."""
    if message is None:
        return None
    changes = AlertChange.objects.filter(message=message).select_related("telegram")
    return changes.order_by("-id").first()


@cache
def _hazards() -> dict[str, str]:
    with HAZARDS.open(encoding="utf-8") as file:
        return {row["telegram"]: row["hazard"] for row in csv.DictReader(file)}


def hazard_of(change: AlertChange) -> str:
    """The desk's word for a telegram's hazard."""
    return _hazards().get(change.hazard, Hazard.OTHER.value)


def follow_card(request: HttpRequest, known: Context) -> Context | None:
    """How a message that is out can be followed: by its event, or by taking it over."""
    message = known["message"]
    written = MessageDraft.objects.filter(message=message).select_related("event").first()
    if written is None and message.source != "alerts":
        return None
    return {"message": message, "event": written.event if written else None}


def waits_for(request: HttpRequest) -> dict[str, Any]:
    """Everything that waits for this person at the desk."""
    user: Any = request.user
    return {
        "asked": [DraftRow(d, audience_words(d), last_step(d)) for d in waiting_for_consent(user)],
        "returned": [DraftRow(d, audience_words(d), last_step(d)) for d in returned_to(user)],
        "unreviewed": [(draft, alone_step(draft)) for draft in unreviewed_releases(user)],
        "telegrams": waiting_telegrams(),
        "ending": orders_about_to_expire(),
    }


def count_waiting(request: HttpRequest) -> int:
    """How many things wait, for the menu."""
    if not request.user.is_authenticated:
        return 0
    return sum(len(waiting) for waiting in waits_for(request).values())


def home_card(request: HttpRequest, known: Context) -> Context | None:
    """What waits and what is in force, for the staff's home."""
    return waits_for(request) | {"orders": orders_in_force(is_drill=None)}


def may_set_rules(request: HttpRequest) -> bool:
    """Whether this person decides how the town sends."""
    member = StaffMember.objects.filter(user_id=request.user.pk or 0).first()
    return bool(member and member.holds(Role.SETTINGS))
