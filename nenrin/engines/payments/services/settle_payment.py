"""Write down what the provider says of a payment: opened, paid, over, or not to be had."""

from django.db import transaction
from django.utils import timezone

from ..contract import Fate, Opened, Standing
from ..locking import lock
from ..models import Payment, PaymentRequest
from ..receiving import receive


@transaction.atomic
def note_opened(*, payment: Payment, opened: Opened) -> Payment:
    """The hosted page exists; said twice, it changes nothing."""
    _, found = _locked(payment)
    if found.reference:
        return found
    if found.state in (Payment.State.STARTED, Payment.State.FAILED):
        found.state, found.words = Payment.State.OPEN, ""
    # The webhook may have been quicker than the answer with the page's address.
    found.reference, found.url = opened.reference, opened.url
    found.save(update_fields=["state", "words", "reference", "url"])
    return found


@transaction.atomic
def note_failed(*, payment: Payment, words: str) -> Payment:
    """No hosted page could be had."""
    _, found = _locked(payment)
    if found.state == Payment.State.STARTED:
        found.state, found.words = Payment.State.FAILED, words[:200]
        found.save(update_fields=["state", "words"])
    return found


@transaction.atomic
def settle_payment(*, payment: Payment, standing: Standing, acting_user: str) -> Payment:
    """Book the money once, whoever says it and however often; money beats every other news.

    The amount that really came is booked, also where another was asked for.
    """
    request, found = _locked(payment)
    if found.state == Payment.State.PAID or standing.fate == Fate.OPEN:
        return found
    if standing.fate == Fate.OVER:
        found.state = Payment.State.CANCELLED
        found.save(update_fields=["state"])
        return found
    found.state, found.paid_at = Payment.State.PAID, timezone.now()
    found.received, found.charge = standing.amount, standing.charge
    found.save(update_fields=["state", "paid_at", "received", "charge"])
    receive(request=request, payment=found, acting_user=acting_user)
    return found


def _locked(payment: Payment) -> tuple[PaymentRequest, Payment]:
    request = lock(payment.request)
    return request, Payment.objects.get(pk=payment.pk)
