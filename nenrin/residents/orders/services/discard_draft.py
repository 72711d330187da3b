"""Give up a draft; it stays in the record with its reason."""

from django.db import transaction

from nenrin.core.accounts.models import User
from nenrin.core.audit.services.record_act import record_act

from ..models import DraftStep, MessageDraft
from ..refusals import DraftRefused
from .save_draft import lock_draft


@transaction.atomic
def discard_draft(*, draft: MessageDraft, reason: str, acting_user: User) -> None:
    """End a draft without sending it. A telegram's needs a reason. Raises DraftRefused."""
    found = lock_draft(draft)
    if not found.is_open:
        raise DraftRefused("この下書きはもう終わっています。")
    if found.made_by_telegram_id and not reason.strip():
        raise DraftRefused("電文の下書きを送らない理由を書いてください。記録に残ります。")
    found.state = MessageDraft.State.DISCARDED
    found.save(update_fields=["state", "saved_at"])
    DraftStep.objects.create(
        draft=found, act=DraftStep.Act.DISCARDED, by=acting_user, words=reason.strip()[:400]
    )
    record_act(
        actor=str(acting_user),
        action="orders.discarded",
        subject=f"draft:{found.pk}",
        detail={"telegram": found.made_by_telegram_id is not None},
    )
