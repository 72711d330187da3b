"""Staff go on with what a telegram's rule sent: it becomes the first word of an event."""

from django.db import transaction

from nenrin.core.accounts.models import User
from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.models import Message

from ..models import DraftStep, Event, MessageDraft
from ..refusals import DraftRefused
from .start_draft import draft_of_message


@transaction.atomic
def take_over_message(*, message: Message, hazard: str, acting_user: User) -> Event:
    """The event of a message that went out by itself, so that it can be updated or cancelled.

    The same message again gives the same event. Raises DraftRefused for a message that is not out,
    or that another has followed.
    """
    found = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
    known = MessageDraft.objects.filter(message=found).select_related("event").first()
    if known and known.event:
        return known.event
    if found.released_at is None:
        raise DraftRefused("この知らせはまだ出ていません。「知らせと発令」で開いてください。")
    if Message.objects.filter(supersedes=found, released_at__isnull=False).exists():
        raise DraftRefused("この知らせには続きが出ています。新しいほうを開いてください。")
    draft = draft_of_message(found, hazard)
    draft.event = Event.objects.create(
        name=found.title, hazard=draft.hazard, is_drill=found.is_drill
    )
    draft.message, draft.state = found, MessageDraft.State.RELEASED
    draft.author = draft.edited_by = acting_user
    draft.save(force_insert=True)
    DraftStep.objects.create(draft=draft, act=DraftStep.Act.TAKEN_OVER, by=acting_user)
    record_act(
        actor=str(acting_user),
        action="orders.taken_over",
        subject=f"message:{found.pk}",
        detail={"event": draft.event.pk, "drill": found.is_drill},
    )
    return draft.event
