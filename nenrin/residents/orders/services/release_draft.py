"""Let a draft go: with a second person's consent, without where none is needed, or alone."""

from django.db import transaction

from nenrin.core.accounts.models import User
from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce
from nenrin.core.messaging.models import Message
from nenrin.core.messaging.services.compose_message import (
    AlreadyOut,
    compose_message,
    revise_message,
)
from nenrin.core.messaging.services.release_message import NotReleasable, release_message

from ..access import check_may_release, is_second_person
from ..drafts import river_draft, seal_of
from ..events import ReleasedAlone
from ..levels import Kind
from ..models import DraftStep, Event, MessageDraft
from ..refusals import DraftRefused
from ..selectors import consent_needed, draft_faults, newest_message, open_event_for
from ..words import written_time
from .apply_orders import apply_orders
from .save_draft import lock_draft

SHORTEST_REASON = 5


@transaction.atomic
def consent_and_release(*, draft: MessageDraft, seal: str, acting_user: User) -> int:
    """A second person agrees to exactly these words, and they go out; returns the households.

    ``seal`` is `drafts.seal_of` what the person saw. Raises DraftRefused.
    """
    found = _releasable(draft, acting_user)
    if found.state != MessageDraft.State.ASKED:
        raise DraftRefused("書いた人が直しています。もう一度頼まれるのを待ってください。")
    if not is_second_person(found, acting_user):
        raise DraftRefused("同意は、この下書きを書いていない人がしてください。")
    if seal != seal_of(found):
        raise DraftRefused("読んでいるあいだに文が変わりました。もう一度読んでください。")
    _step(found, DraftStep.Act.CONSENTED, acting_user)
    return _release(found, acting_user)


@transaction.atomic
def release_draft(*, draft: MessageDraft, acting_user: User) -> int:
    """Release what needs no consent; returns the households. Raises DraftRefused."""
    found = _releasable(draft, acting_user)
    if consent_needed(found):
        raise DraftRefused(
            "この知らせには、もう一人の同意が要ります。「同意を頼む」を押してください。"
        )
    return _release(found, acting_user)


@transaction.atomic
def release_alone(*, draft: MessageDraft, reason: str, acting_user: User) -> int:
    """Break glass: release without consent, with a reason that others will read.

    Returns the households. Raises DraftRefused.
    """
    found = _releasable(draft, acting_user)
    if len(reason.strip()) < SHORTEST_REASON:
        raise DraftRefused("一人で送る理由を書いてください。あとで課長とほかの職員が読みます。")
    _step(found, DraftStep.Act.BROKE_GLASS, acting_user, reason)
    announce(ReleasedAlone(draft=str(found.pk)))
    return _release(found, acting_user)


def _releasable(draft: MessageDraft, user: User) -> MessageDraft:
    check_may_release(user)
    found = lock_draft(draft)
    if found.state == MessageDraft.State.RELEASED:
        raise DraftRefused(_sent_already(found))
    if found.state == MessageDraft.State.DISCARDED:
        raise DraftRefused("この下書きは取りやめになりました。新しい知らせを作ってください。")
    faults = draft_faults(found)
    if faults:
        raise DraftRefused(faults[0].text)
    return found


def _sent_already(draft: MessageDraft) -> str:
    step = draft.steps.filter(act=DraftStep.Act.RELEASED).select_related("by").first()
    who = f"{step.by.name}さんが{written_time(step.at)}に" if step else ""
    return (
        f"この知らせは、もう{who}送りました。二度は送れません。直すときは「更新」を使ってください。"
    )


def _release(draft: MessageDraft, user: User) -> int:
    event = _event_of(draft)
    message = _message_of(draft, event)
    draft.message = message
    draft.event = event
    draft.state = MessageDraft.State.RELEASED
    draft.save()
    try:
        households = release_message(message=message, acting_user=str(user))
    except NotReleasable as refusal:
        raise DraftRefused(str(refusal)) from refusal
    message.refresh_from_db()
    apply_orders(draft=draft)
    _step(draft, DraftStep.Act.RELEASED, user)
    return households


def _event_of(draft: MessageDraft) -> Event:
    """The event the draft goes on with, locked so that its chain stays a line; or a new one."""
    known = draft.event
    if draft.kind == Kind.ORDER:
        known = open_event_for(draft.hazard, is_drill=draft.is_drill) or known
    if known:
        event = Event.objects.select_for_update(no_key=True).get(pk=known.pk)
        if event.closed_at is None:
            return event
    return Event.objects.create(name=draft.title, hazard=draft.hazard, is_drill=draft.is_drill)


def _message_of(draft: MessageDraft, event: Event) -> Message:
    districts = () if draft.is_whole_town else tuple(draft.districts)
    content, before = river_draft(draft), newest_message(event)
    if draft.made_by_telegram is None:
        return compose_message(draft=content, districts=districts, supersedes=before)
    try:
        return revise_message(
            message=draft.made_by_telegram, draft=content, districts=districts, supersedes=before
        )
    except AlreadyOut as refusal:
        raise DraftRefused(str(refusal)) from refusal


def _step(draft: MessageDraft, act: DraftStep.Act, user: User, words: str = "") -> None:
    DraftStep.objects.create(draft=draft, act=act, by=user, words=words.strip()[:400])
    detail = {"kind": draft.kind, "level": draft.level, "drill": draft.is_drill}
    if draft.message_id:
        detail["message"] = str(draft.message_id)
    if act == DraftStep.Act.BROKE_GLASS:
        detail["reason_length"] = len(words.strip())
    record_act(
        actor=str(user), action=f"orders.{act.value}", subject=f"draft:{draft.pk}", detail=detail
    )


@transaction.atomic
def review_release(*, draft: MessageDraft, acting_user: User) -> None:
    """A second person has looked at what went out without consent. Raises DraftRefused."""
    found = lock_draft(draft)
    alone = found.steps.filter(act=DraftStep.Act.BROKE_GLASS).first()
    if alone is None or found.steps.filter(act=DraftStep.Act.REVIEWED).exists():
        raise DraftRefused("この知らせは、もう確かめてあります。")
    if alone.by_id == acting_user.pk:
        raise DraftRefused("一人で送った人は、自分では確かめられません。ほかの人に頼んでください。")
    _step(found, DraftStep.Act.REVIEWED, acting_user)
