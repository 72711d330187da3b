"""Locking what is owed, and refusing what does not fit."""

from django.utils import timezone

from nenrin.core.events.bus import announce

from .events import RequestSettled
from .models import PaymentRequest

LONGEST_REASON = 200


class PaymentRefused(Exception):
    """That cannot be done; the text says what to do, in Japanese."""


def lock(request: PaymentRequest) -> PaymentRequest:
    """The request, locked until the transaction ends: every booking of it takes this lock first."""
    return PaymentRequest.objects.select_for_update(no_key=True).get(pk=request.pk)


def keep(request: PaymentRequest) -> None:
    """Save the sums of a locked request with the state that follows from them."""
    was_open = request.state == PaymentRequest.State.WAITING
    request.state = _state(request)
    is_open = request.state == PaymentRequest.State.WAITING
    if is_open:
        request.settled_at = None
    elif request.settled_at is None:
        request.settled_at = timezone.now()
    request.save()
    if was_open and not is_open:
        announce(RequestSettled(str(request.pk), request.subject))


def _state(request: PaymentRequest) -> PaymentRequest.State:
    if request.owed > 0:
        return PaymentRequest.State.WAITING
    if request.owed < 0:
        return PaymentRequest.State.OVERPAID
    paid = request.paid - request.refunded
    return PaymentRequest.State.SETTLED if paid else PaymentRequest.State.FREE


def need_reason(words: str) -> str:
    """The reason without blanks around it. Raises PaymentRefused where there is none."""
    plain = words.strip()
    if not plain:
        raise PaymentRefused("理由を書いてください。")
    if len(plain) > LONGEST_REASON:
        raise PaymentRefused(f"理由は{LONGEST_REASON}文字までです。")
    return plain
