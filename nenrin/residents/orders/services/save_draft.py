"""Keep what was typed."""

from django.db import transaction

from nenrin.core.accounts.models import User

from ..drafts import WORDS, Aim
from ..levels import ENDINGS, Kind, severity_of
from ..models import MessageDraft
from ..refusals import DraftRefused
from ..selectors import open_event_for
from ..words import Proposal
from .propose import is_edited, propose_into


def lock_draft(draft: MessageDraft) -> MessageDraft:
    """The row, locked until the transaction ends."""
    return (
        MessageDraft.objects.select_for_update(of=("self",), no_key=True)
        .select_related("author", "edited_by", "event")
        .get(pk=draft.pk)
    )


def _writable(draft: MessageDraft) -> MessageDraft:
    found = lock_draft(draft)
    if found.state == MessageDraft.State.ASKED:
        raise DraftRefused("同意を待っているあいだは直せません。先に取り下げてください。")
    if found.state != MessageDraft.State.WRITING:
        raise DraftRefused("この下書きはもう終わっています。新しい知らせを作ってください。")
    return found


@transaction.atomic
def save_words(*, draft: MessageDraft, words: Proposal, acting_user: User) -> MessageDraft:
    """Keep the words as typed, whole or not. Raises DraftRefused for a draft not in writing."""
    found = _writable(draft)
    for name in WORDS:
        setattr(found, name, getattr(words, name).replace("\r\n", "\n"))
    found.edited_by = acting_user
    found.save()
    return found


@transaction.atomic
def save_aim(*, draft: MessageDraft, aim: Aim, acting_user: User) -> MessageDraft:
    """Keep what it is and whom it is for; words nobody has changed follow.

    What an event's ending or a telegram's draft is about does not change. Raises DraftRefused.
    """
    found = _writable(draft)
    untouched = not is_edited(found)
    if found.kind not in (*ENDINGS, Kind.WEATHER):
        _change_kind(found, aim)
    found.is_whole_town = aim.is_whole_town
    found.districts = sorted(aim.districts)
    found.expires_at = aim.expires_at or found.expires_at
    found.asks_safety = aim.asks_safety
    if untouched:
        propose_into(found)
    found.edited_by = acting_user
    found.save()
    return found


def _change_kind(draft: MessageDraft, aim: Aim) -> None:
    draft.kind = aim.kind
    draft.hazard = aim.hazard
    draft.level = aim.level if aim.kind == Kind.ORDER else None
    draft.severity = severity_of(aim.kind, aim.level)
    if draft.event is None or draft.event.hazard != aim.hazard:
        draft.is_drill = aim.is_drill
        is_order = aim.kind == Kind.ORDER
        draft.event = open_event_for(aim.hazard, is_drill=aim.is_drill) if is_order else None


@transaction.atomic
def propose_again(*, draft: MessageDraft, acting_user: User) -> MessageDraft:
    """Throw the words away and take the template's. Raises DraftRefused."""
    found = _writable(draft)
    if found.kind == Kind.WEATHER:
        raise DraftRefused("電文の知らせには、ひな形がありません。")
    propose_into(found)
    found.edited_by = acting_user
    found.save()
    return found
