"""A second person's consent: asked for, taken back, or refused with a reason."""

from django.db import transaction

from nenrin.core.accounts.models import User
from nenrin.core.audit.services.record_act import record_act

from ..access import check_may_release, is_second_person
from ..models import DraftStep, MessageDraft
from ..refusals import DraftRefused
from ..selectors import draft_faults
from .save_draft import lock_draft


@transaction.atomic
def ask_consent(*, draft: MessageDraft, acting_user: User) -> None:
    """Freeze the draft and put it before the others. Raises DraftRefused for what it lacks."""
    found = lock_draft(draft)
    if found.state != MessageDraft.State.WRITING:
        raise DraftRefused("この下書きは、もう同意を頼んだか、終わっています。")
    faults = draft_faults(found)
    if faults:
        raise DraftRefused(faults[0].text)
    _turn(found, MessageDraft.State.ASKED, DraftStep.Act.ASKED, acting_user)


@transaction.atomic
def take_back(*, draft: MessageDraft, acting_user: User) -> None:
    """Back to writing. Raises DraftRefused where nobody was asked."""
    found = _asked(draft)
    _turn(found, MessageDraft.State.WRITING, DraftStep.Act.TAKEN_BACK, acting_user)


@transaction.atomic
def return_draft(*, draft: MessageDraft, reason: str, acting_user: User) -> None:
    """Send it back to its author with a reason. Raises DraftRefused."""
    found = _asked(draft)
    check_may_release(acting_user)
    if not is_second_person(found, acting_user):
        raise DraftRefused("自分の下書きは差し戻せません。直すときは取り下げてください。")
    if not reason.strip():
        raise DraftRefused("差し戻す理由を書いてください。書いた人が次に何をするかがわかります。")
    _turn(found, MessageDraft.State.WRITING, DraftStep.Act.RETURNED, acting_user, reason)


def _asked(draft: MessageDraft) -> MessageDraft:
    found = lock_draft(draft)
    if found.state != MessageDraft.State.ASKED:
        raise DraftRefused("この下書きは、いま同意を待っていません。")
    return found


def _turn(draft: MessageDraft, state: str, act: DraftStep.Act, user: User, words: str = "") -> None:
    draft.state = state
    draft.save(update_fields=["state", "saved_at"])
    DraftStep.objects.create(draft=draft, act=act, by=user, words=words.strip()[:400])
    record_act(actor=str(user), action=f"orders.{act.value}", subject=f"draft:{draft.pk}")
