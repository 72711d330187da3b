"""Begin a message: from nothing, from a telegram's draft, or as the next word of an event."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.core.areas.models import District
from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.models import Audience, Message

from ..drafts import Aim
from ..levels import ENDINGS, Hazard, Kind, severity_of
from ..models import DraftStep, Event, MessageDraft
from ..refusals import DraftRefused
from ..selectors import open_event_for, released_of, standing_orders
from .propose import propose_into

USUAL_LIFE = timedelta(hours=12)


@transaction.atomic
def start_draft(*, aim: Aim, acting_user: User) -> MessageDraft:
    """A new draft with the template's words.

    An order goes on with the chain of the orders that stand for the same hazard.
    """
    draft = MessageDraft(
        kind=aim.kind,
        level=aim.level if aim.kind == Kind.ORDER else None,
        hazard=aim.hazard,
        severity=severity_of(aim.kind, aim.level),
        is_whole_town=aim.is_whole_town,
        districts=sorted(aim.districts),
        expires_at=aim.expires_at or timezone.now() + USUAL_LIFE,
        asks_safety=aim.asks_safety,
        is_drill=aim.is_drill,
    )
    if aim.kind == Kind.ORDER:
        draft.event = open_event_for(aim.hazard, is_drill=aim.is_drill)
    propose_into(draft)
    return begin_draft(draft, acting_user)


@transaction.atomic
def open_telegram_draft(*, message: Message, hazard: str, acting_user: User) -> MessageDraft:
    """Take over what a telegram drafted; the same one again gives the same draft.

    Raises DraftRefused where it has gone out already.
    """
    Message.objects.select_for_update(no_key=True).get(pk=message.pk)
    known = MessageDraft.objects.filter(made_by_telegram=message).first()
    if known:
        return known
    if message.released_at:
        raise DraftRefused("この知らせはもう出ています。")
    draft = draft_of_message(message, hazard)
    draft.made_by_telegram = message
    return begin_draft(draft, acting_user)


def draft_of_message(message: Message, hazard: str) -> MessageDraft:
    """A telegram's message as the desk writes one, not yet stored."""
    audience, english = message.audience, message.translations.get("en", {})
    return MessageDraft(
        kind=Kind.WEATHER,
        hazard=hazard,
        severity=message.severity,
        is_whole_town=audience.kind == Audience.Kind.ALL,
        districts=audience.districts,
        expires_at=message.expires_at,
        asks_safety=message.asks_safety,
        is_drill=message.is_drill,
        title=message.title,
        body=message.body,
        easy_body=message.easy_body,
        reading=message.reading,
        english_title=english.get("title", "")[:200],
        english_body=english.get("body", ""),
    )


@transaction.atomic
def follow_event(*, event: Event, kind: str, acting_user: User) -> MessageDraft:
    """The next word of an event: an update with the last words, or its lifting or cancelling.

    Raises DraftRefused where the event is closed or everything of it was ended.
    """
    event = Event.objects.get(pk=event.pk)
    if event.closed_at:
        raise DraftRefused("この出来事は終わっています。新しい知らせを作ってください。")
    spoken = released_of(event).exclude(kind__in=ENDINGS).first()
    if spoken is None or _is_ended(event):
        raise DraftRefused("もう解除か取消をしています。新しい知らせを作ってください。")
    draft = _ending(event, spoken, kind) if kind in ENDINGS else _update(event, spoken)
    return begin_draft(draft, acting_user)


def _is_ended(event: Event) -> bool:
    last = released_of(event).first()
    return bool(last and last.kind in ENDINGS and not standing_orders(event))


def _update(event: Event, last: MessageDraft) -> MessageDraft:
    kept = (
        "kind", "level", "hazard", "severity", "is_whole_town", "districts", "asks_safety",
        "title", "body", "easy_body", "reading", "english_title", "english_body", "proposal",
    )  # fmt: skip
    draft = MessageDraft(event=event, is_drill=event.is_drill)
    for name in kept:
        setattr(draft, name, getattr(last, name))
    standing = standing_orders(event)
    if standing:
        draft.districts = sorted(order.district_id for order in standing)
        draft.is_whole_town = last.is_whole_town and len(standing) == District.objects.count()
    draft.expires_at = timezone.now() + USUAL_LIFE
    return draft


def _ending(event: Event, last: MessageDraft, kind: str) -> MessageDraft:
    standing = standing_orders(event)
    districts = sorted(order.district_id for order in standing) or last.districts
    draft = MessageDraft(
        event=event,
        kind=kind,
        hazard=event.hazard or Hazard.OTHER,
        severity=severity_of(kind, None),
        is_whole_town=not standing and last.is_whole_town,
        districts=districts,
        expires_at=timezone.now() + USUAL_LIFE,
        is_drill=event.is_drill,
    )
    propose_into(draft)
    return draft


def begin_draft(draft: MessageDraft, user: User) -> MessageDraft:
    """Store a new draft with who began it."""
    draft.author = draft.edited_by = user
    draft.save(force_insert=True)
    DraftStep.objects.create(draft=draft, act=DraftStep.Act.STARTED, by=user)
    record_act(
        actor=str(user),
        action="orders.start",
        subject=f"draft:{draft.pk}",
        detail={"kind": draft.kind, "level": draft.level, "drill": draft.is_drill},
    )
    return draft
