"""The fee of an application as something owed: when it is charged, and what follows from paying.

The engine of payments knows an application by its ``subject`` alone.
"""

from uuid import UUID

from nenrin.engines.casework.models import OPEN_STATES, Case
from nenrin.engines.casework.services.tick_check import tick_check
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.selectors import definition_of
from nenrin.engines.payments.models import PaymentRequest
from nenrin.engines.payments.selectors import request_for
from nenrin.engines.payments.services.charge import Bill, charge
from nenrin.engines.payments.services.waive import drop

from .models import Application

SUBJECT = "application"
CHECK = "fee"
EXAMPLE = "（例）"


def subject_of(application: Application) -> str:
    """How the engine of payments calls an application."""
    return f"{SUBJECT}:{application.pk}"


def application_of(subject: str) -> Application | None:
    """The application of a subject; None for what else may be paid for."""
    kind, _, key = subject.partition(":")
    if kind != SUBJECT:
        return None
    rows = Application.objects.select_related("version", "case__section", "person", "household")
    return rows.filter(pk=UUID(key)).first()


def is_due(definition: Definition, turn: str) -> bool:
    """Whether the fee is charged at a turn: ``sent`` or ``approved``."""
    if definition.fee is None:
        return False
    return (definition.fee.pay == "before") == (turn == "sent")


def charge_fee(*, application: Application, acting_user: str) -> PaymentRequest | None:
    """Charge what the rule of the form says, or change it; None where nothing is owed.

    Part of the caller's transaction.
    """
    fee = application.fee or {}
    amount = fee.get("amount")
    known = request_for(subject_of(application))
    if not amount and known is None:
        return None
    definition = definition_of(application.version)
    bill = Bill(
        subject=subject_of(application),
        title=definition.title,
        label=application.sent_case.number,
        amount=int(amount or 0),
        basis=_basis(fee),
        income=definition.slug[:40],
        is_online=not (definition.fee and definition.fee.pay == "on_site"),
    )
    request = charge(bill=bill, acting_user=acting_user)
    if request.owed > 0:
        _tick(application.sent_case, is_done=False, acting_user=acting_user)
    return request


def drop_fee(*, application: Application, reason: str, acting_user: str) -> None:
    """Nothing is to be paid any more; what was paid is for the cashier to give back."""
    known = request_for(subject_of(application))
    if known:
        drop(request=known, reason=reason, acting_user=acting_user)


def note_settled(*, application: Application, acting_user: str) -> None:
    """Tick the line of the desk's list that waits for the money."""
    if application.case:
        _tick(application.case, is_done=True, acting_user=acting_user)


def _tick(case: Case, *, is_done: bool, acting_user: str) -> None:
    """Mark the desk's line, or clear it, where there is one and the case is not over."""
    if case.checks.filter(key=CHECK, case__state__in=OPEN_STATES).exists():
        tick_check(case=case, key=CHECK, is_done=is_done, acting_user=acting_user)


def _basis(fee: dict[str, object]) -> str:
    words = " ".join(str(fee.get(part) or "") for part in ("name", "article")).strip()
    return f"{EXAMPLE}{words}" if fee.get("is_example") else words
