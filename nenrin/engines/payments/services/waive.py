"""Owe less: a reduction, a waiver, or nothing any more."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..ledger import RECEIVABLE, Booking, book, income
from ..locking import PaymentRefused, keep, lock, need_reason
from ..models import PaymentRequest, Transaction


@transaction.atomic
def waive(*, request: PaymentRequest, amount: int, reason: str, acting_user: str) -> PaymentRequest:
    """Take ``amount`` off what is owed, for a reason. Raises PaymentRefused."""
    found = lock(request)
    words = need_reason(reason)
    if not 0 < amount <= found.payable:
        raise PaymentRefused(f"減免は1円から{found.payable:,}円までです。")
    _take_off(found, amount, words, acting_user)
    return found


@transaction.atomic
def drop(*, request: PaymentRequest, reason: str, acting_user: str) -> PaymentRequest:
    """Owe nothing any more; what was paid already stays to be refunded by a person."""
    found = lock(request)
    if found.payable:
        _take_off(found, found.payable, reason, acting_user)
    return found


def _take_off(request: PaymentRequest, amount: int, words: str, acting_user: str) -> None:
    book(
        booking=Booking(request, Transaction.Kind.WAIVED, words=words),
        sides={income(request.income): amount, RECEIVABLE: -amount},
        acting_user=acting_user,
    )
    record_act(
        actor=acting_user,
        action="payments.waive",
        subject=f"payment:{request.pk}",
        detail={"yen": amount},
    )
    request.waived += amount
    keep(request)
