"""Money that a clerk took: cash, or the card terminal on the counter."""

from django.db import transaction
from django.utils import timezone

from ..locking import PaymentRefused, lock
from ..merchants import counter_ways
from ..models import Payment, PaymentRequest
from ..receiving import receive

LONGEST_SLIP = 40


@transaction.atomic
def take_at_counter(
    *, request: PaymentRequest, provider: str, amount: int, slip: str, acting_user: str
) -> Payment:
    """Book all that is owed as taken; ``amount`` is what the clerk saw, so that a change shows.

    ``slip`` is the terminal's own number. Raises PaymentRefused, also for a second tap.
    """
    found = lock(request)
    if provider not in {one.key for one in counter_ways()}:
        raise PaymentRefused("現金か、カード・電子マネーの端末を選んでください。")
    if not found.payable:
        raise PaymentRefused("支払うものはもうありません。")
    if amount != found.payable:
        raise PaymentRefused(
            f"金額が{found.payable:,}円に変わりました。確かめてからもう一度押してください。"
        )
    payment = Payment.objects.create(
        request=found,
        provider=provider,
        amount=found.payable,
        received=found.payable,
        state=Payment.State.PAID,
        charge=slip.strip()[:LONGEST_SLIP],
        paid_at=timezone.now(),
        made_by=acting_user,
    )
    receive(request=found, payment=payment, acting_user=acting_user)
    return payment
