"""Words between the applicant and the desk."""

from django.db import transaction

from nenrin.engines.casework.models import CaseEvent
from nenrin.engines.casework.services.write_words import write_words
from nenrin.engines.forms.fields.text_rules import MY_NUMBER_WORDS, holds_my_number

from ..locking import ApplicationRefused, lock_sent
from ..models import Application
from ..telling import tell


@transaction.atomic
def write_to_applicant(*, application: Application, words: str, acting_user: str) -> None:
    """The desk writes; the river says that there is something to read. Raises CaseRefused."""
    found = lock_sent(application)
    kind = CaseEvent.Kind.TO_APPLICANT
    write_words(case=found.sent_case, kind=kind, words=words, acting_user=acting_user)
    tell(application=found, turn="words", acting_user=acting_user)


@transaction.atomic
def write_to_desk(*, application: Application, words: str, acting_user: str) -> None:
    """The applicant writes; a My Number is refused. Raises ApplicationRefused, CaseRefused."""
    if holds_my_number(words):
        raise ApplicationRefused(MY_NUMBER_WORDS)
    found = lock_sent(application)
    kind = CaseEvent.Kind.FROM_APPLICANT
    write_words(case=found.sent_case, kind=kind, words=words, acting_user=acting_user)
