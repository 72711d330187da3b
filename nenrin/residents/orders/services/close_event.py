"""Close an event: nothing more is said about it."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.core.audit.services.record_act import record_act

from ..models import Event
from ..refusals import DraftRefused


@transaction.atomic
def close_event(*, event: Event, acting_user: User) -> None:
    """Raises DraftRefused while an order stands or a draft for it waits."""
    found = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if found.closed_at:
        raise DraftRefused("この出来事はもう終わっています。")
    if found.orders.filter(lifted_at=None).exists():
        raise DraftRefused("避難情報が出ています。先に解除してください。")
    if found.drafts.filter(state__in=("writing", "asked")).exists():
        raise DraftRefused("書きかけの下書きがあります。送るか、取りやめてください。")
    found.closed_at = timezone.now()
    found.closed_by = acting_user
    found.save(update_fields=["closed_at", "closed_by"])
    record_act(actor=str(acting_user), action="orders.close", subject=f"event:{found.pk}")
