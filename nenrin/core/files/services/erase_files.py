"""Take files away: one by hand, and those whose time is over."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act

from .. import store
from ..models import StoredFile


@transaction.atomic
def erase_file(*, stored: StoredFile, reason: str, acting_user: str) -> None:
    """Erase the bytes once the transaction has committed; the row stays and says when."""
    stored.erased_at = timezone.now()
    stored.save(update_fields=["erased_at"])
    record_act(
        actor=acting_user,
        action="files.erase",
        subject=f"file:{stored.pk}",
        detail={"reason": reason, "sha256": stored.sha256},
    )
    transaction.on_commit(lambda: store.erase(stored))


@transaction.atomic
def erase_expired_files(*, today: date, acting_user: str) -> int:
    """Erase what was to be kept until a day before ``today``; returns how many."""
    found = StoredFile.objects.filter(erased_at=None, keep_until__lt=today)
    over = list(found.select_for_update())
    for stored in over:
        erase_file(stored=stored, reason="保存期間が終わった", acting_user=acting_user)
    return len(over)
