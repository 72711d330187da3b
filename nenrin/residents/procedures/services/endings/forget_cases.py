"""Cases whose time is over: what people wrote and sent is erased, the count of cases stays."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.files.services.erase_files import erase_file
from nenrin.core.organization.fiscal_years import fiscal_year
from nenrin.engines.bookings.models import Booking
from nenrin.engines.casework.models import Case, Collection
from nenrin.engines.forms.selectors import definition_of

from ...models import Application
from ...selectors import files_of, stages_sent

REASON = "保存期間が終わった"


def kept_until(closed: date, years: int) -> date:
    """The last day of the years that follow the fiscal year in which a case was closed."""
    return date(fiscal_year(closed) + 1 + years, 3, 31)


def forget_cases(*, today: date, acting_user: str) -> int:
    """Erase what is over, by the definition each case was begun with; returns how many."""
    firsts = Application.objects.filter(
        case__closed_at__isnull=False, follows=None, erased_at=None
    ).select_related("case", "version")
    forgotten = 0
    for first in firsts.order_by("pk"):
        years = definition_of(first.version).retention_years
        closed = timezone.localdate(first.sent_case.closed_at)
        if years is not None and kept_until(closed, years) < today:
            _forget(first.sent_case, acting_user)
            forgotten += 1
    return forgotten


@transaction.atomic
def _forget(case: Case, acting_user: str) -> None:
    for row in files_of(case):
        erase_file(stored=row.file, reason=REASON, acting_user=acting_user)
    for decision in case.decisions.select_related("document"):
        if decision.document and not decision.document.erased_at:
            erase_file(stored=decision.document, reason=REASON, acting_user=acting_user)
    for application in stages_sent(case):
        application.notices.update(title="", body="")
        application.signatures.all().delete()
        bookings = Booking.objects.filter(reference__startswith=f"application:{application.pk}:")
        bookings.update(person=None, name="", telephone="", words="")
        Application.objects.filter(pk=application.pk).update(
            answers={}, open_fields=[], code_hash="", user=None, person=None, household=None,
            card=None, reached={}, erased_at=timezone.now(),
        )  # fmt: skip
        with connection.cursor() as cursor:
            # What is never changed otherwise; the database lets go of it only for an erased one.
            cursor.execute("SELECT procedures_forget(%s)", [application.pk])
    Collection.objects.filter(case=case).update(words="", done_words="")
    Case.objects.filter(pk=case.pk).update(person=None, household=None)
    record_act(actor=acting_user, action="procedures.forget", subject=f"case:{case.number}")
