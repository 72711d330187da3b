"""Give money back: set aside first, asked of the provider by a worker, then booked."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce

from ..contract import HostedProvider, providers
from ..events import MoneyReturned
from ..ledger import RECEIVABLE, Booking, book, held, income
from ..locking import PaymentRefused, keep, lock, need_reason
from ..models import Payment, PaymentRequest, Refund, Transaction

GIVE_BACK = "nenrin.engines.payments.tasks.give_back"


@transaction.atomic
def refund_payment(*, payment: Payment, amount: int, reason: str, acting_user: str) -> Refund:
    """Give back a part or all of a payment. What a clerk took at the counter is booked at once.

    Raises PaymentRefused.
    """
    request = lock(payment.request)
    found = Payment.objects.get(pk=payment.pk)
    words = need_reason(reason)
    if found.state != Payment.State.PAID or not 0 < amount <= found.refundable:
        raise PaymentRefused(f"返せるのは1円から{found.refundable:,}円までです。")
    refund = Refund.objects.create(payment=found, amount=amount, reason=words, asked_by=acting_user)
    found.refunded += amount
    found.save(update_fields=["refunded"])
    record_act(
        actor=acting_user,
        action="payments.refund",
        subject=f"payment:{request.pk}",
        detail={"provider": found.provider, "yen": amount},
    )
    if not isinstance(providers.get(found.provider), HostedProvider):
        return note_refunded(refund=refund, reference="")
    job = app.configure_task(name=GIVE_BACK, queue="payments")
    job.defer(town=request.town_id, refund=str(refund.pk))
    return refund


@transaction.atomic
def note_refunded(*, refund: Refund, reference: str) -> Refund:
    """The money went back; said twice, it is booked once."""
    request, found = _locked(refund)
    if found.state == Refund.State.DONE:
        return found
    found.state, found.done_at = Refund.State.DONE, timezone.now()
    found.reference, found.words = reference, ""
    found.save(update_fields=["state", "done_at", "reference", "words"])
    _book(request, found)
    announce(MoneyReturned(str(found.pk), request.subject))
    return found


@transaction.atomic
def note_refund_failed(*, refund: Refund, words: str) -> Refund:
    """The provider will not: what was set aside is free again."""
    _, found = _locked(refund)
    if found.state != Refund.State.ASKED:
        return found
    found.state, found.words = Refund.State.FAILED, words[:200]
    found.save(update_fields=["state", "words"])
    payment = found.payment
    payment.refunded -= found.amount
    payment.save(update_fields=["refunded"])
    return found


def _locked(refund: Refund) -> tuple[PaymentRequest, Refund]:
    request = lock(refund.payment.request)
    return request, Refund.objects.select_related("payment").get(pk=refund.pk)


def _book(request: PaymentRequest, refund: Refund) -> None:
    """What was paid too much goes back first; beyond that the charge itself becomes less.

    While something is still owed the charge stays: a wrong amount given back is owed again.
    """
    from_income = 0 if request.owed > 0 else max(0, refund.amount + request.owed)
    book(
        booking=Booking(request, Transaction.Kind.REFUNDED, refund.payment, refund.reason),
        sides={
            held(refund.payment.provider): -refund.amount,
            RECEIVABLE: refund.amount - from_income,
            income(request.income): from_income,
        },
        acting_user=refund.asked_by,
    )
    request.refunded += refund.amount
    request.waived += from_income
    keep(request)
