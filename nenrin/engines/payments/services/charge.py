"""Say what is owed for a subject, and change it."""

from dataclasses import dataclass

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..ledger import RECEIVABLE, Booking, book, income
from ..locking import keep, lock
from ..models import PaymentRequest, Transaction

MOST = 10_000_000


@dataclass(frozen=True)
class Bill:
    """What for, how much, and by which rule."""

    subject: str
    title: str
    amount: int
    label: str = ""
    basis: str = ""
    income: str = "fees"
    is_online: bool = True


@transaction.atomic
def charge(*, bill: Bill, acting_user: str) -> PaymentRequest:
    """One request for one subject; called again, the amount becomes the bill's.

    Raises ValueError for an amount below zero or beyond all fees.
    """
    if not 0 <= bill.amount <= MOST:
        raise ValueError(f"{bill.amount} yen is no amount to charge")
    request, is_new = PaymentRequest.objects.get_or_create(
        subject=bill.subject, defaults={**vars(bill), "amount": 0}
    )
    request = lock(request)
    # What was waived stays waived, as far as the new amount reaches.
    waived = min(request.waived, bill.amount)
    change = (bill.amount - waived) - (request.amount - request.waived)
    if change:
        book(
            booking=Booking(request, Transaction.Kind.CHARGED, words=bill.basis),
            sides={RECEIVABLE: change, income(request.income): -change},
            acting_user=acting_user,
        )
    if is_new or change:
        record_act(
            actor=acting_user,
            action="payments.charge",
            subject=f"payment:{request.pk}",
            detail={"yen": bill.amount},
        )
    request.amount, request.waived, request.basis = bill.amount, waived, bill.basis
    keep(request)
    return request
