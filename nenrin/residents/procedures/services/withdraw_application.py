"""Take an application back; a draft is emptied and forgotten."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.files.services.erase_files import erase_file
from nenrin.engines.casework.services.withdraw_case import withdraw_case

from ..locking import lock
from ..models import Application
from ..telling import tell
from .book_slots import give_slots_back


@transaction.atomic
def withdraw_application(*, application: Application, words: str, acting_user: str) -> None:
    """Withdraw what was sent, or throw a draft away with its files. Raises CaseRefused."""
    found = lock(application)
    if found.case is None:
        _throw_away(found, acting_user)
        return
    withdraw_case(case=found.case, words=words, acting_user=acting_user)
    give_slots_back(application=found, acting_user=acting_user)
    found.open_fields = []
    found.save(update_fields=["open_fields", "changed_at"])
    tell(application=found, turn="withdrawn", acting_user=acting_user)


def _throw_away(application: Application, acting_user: str) -> None:
    for held in application.files.select_related("file"):
        erase_file(stored=held.file, reason="書きかけを消した", acting_user=acting_user)
    record_act(
        actor=acting_user,
        action="procedures.throw_away",
        subject=f"application:{application.pk}",
    )
    application.delete()
