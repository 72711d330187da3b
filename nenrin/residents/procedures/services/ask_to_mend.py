"""Ask the applicant to mend exactly these questions."""

from collections.abc import Collection

from django.db import transaction

from nenrin.engines.casework.services.ask_back import ask_back
from nenrin.engines.forms.selectors import definition_of

from ..locking import ApplicationRefused, lock_sent
from ..models import Application
from ..telling import tell


@transaction.atomic
def ask_to_mend(
    *, application: Application, fields: Collection[str], words: str, acting_user: str
) -> None:
    """Open the named questions and tell the applicant. Raises ApplicationRefused, CaseRefused."""
    found = lock_sent(application)
    labels = {q.name: q.label for _, q in definition_of(found.version).questions() if not q.compute}
    chosen = [name for name in labels if name in set(fields)]
    if not chosen:
        raise ApplicationRefused("直してもらう項目を選んでください。")
    details = {"fields": chosen, "labels": [labels[name] for name in chosen]}
    ask_back(case=found.sent_case, words=words, details=details, acting_user=acting_user)
    found.open_fields = chosen
    found.save(update_fields=["open_fields", "changed_at"])
    tell(application=found, turn="returned", acting_user=acting_user)
