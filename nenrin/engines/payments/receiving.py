"""Booking money that came; the caller holds the request's lock."""

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce

from .events import MoneyReceived
from .ledger import RECEIVABLE, Booking, book, held
from .locking import keep
from .models import Payment, PaymentRequest, Transaction


def receive(*, request: PaymentRequest, payment: Payment, acting_user: str) -> None:
    """Book what was received, and say so; part of the caller's transaction."""
    book(
        booking=Booking(request, Transaction.Kind.PAID, payment),
        sides={held(payment.provider): payment.received, RECEIVABLE: -payment.received},
        acting_user=acting_user,
    )
    record_act(
        actor=acting_user,
        action="payments.receive",
        subject=f"payment:{request.pk}",
        detail={"provider": payment.provider, "yen": payment.received},
    )
    request.paid += payment.received
    keep(request)
    announce(MoneyReceived(str(payment.pk), request.subject))
