"""Begin a hosted payment: the page is made by a worker, for that needs the network."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from nenrin.core.audit.services.record_act import record_act

from ..locking import PaymentRefused, lock
from ..merchants import hosted_merchants
from ..models import Payment, PaymentRequest

OPEN_PAGE = "nenrin.engines.payments.tasks.open_hosted_page"
SAME_FOR = timedelta(minutes=20)


@dataclass(frozen=True)
class Way:
    """By which provider, and where the payer comes back; ``{payment}`` stands for its id.

    ``?back=1`` is added where the provider says that it is done, ``?left=1`` where the payer left.
    """

    provider: str
    return_url: str


@transaction.atomic
def start_payment(*, request: PaymentRequest, way: Way, acting_user: str) -> Payment:
    """Begin to pay all that is owed. A second tap gets the first one's payment.

    Raises PaymentRefused where nothing is owed or the way is closed.
    """
    found = lock(request)
    if not found.payable:
        raise PaymentRefused("支払うものはもうありません。")
    if not found.is_online:
        raise PaymentRefused("この手数料は窓口で払います。")
    if way.provider not in {one.provider.key for one in hosted_merchants()}:
        raise PaymentRefused("この払い方はいま使えません。ほかの払い方を選んでください。")
    running = _running(found, way.provider)
    if running:
        return running
    payment = Payment(
        request=found, provider=way.provider, amount=found.payable, made_by=acting_user
    )
    payment.return_url = way.return_url.format(payment=payment.pk)
    payment.save(force_insert=True)
    record_act(
        actor=acting_user,
        action="payments.start",
        subject=f"payment:{found.pk}",
        detail={"provider": way.provider, "yen": payment.amount},
    )
    job = app.configure_task(name=OPEN_PAGE, queue="payments")
    job.defer(town=found.town_id, payment=str(payment.pk))
    return payment


def _running(request: PaymentRequest, provider: str) -> Payment | None:
    """A payment by the same way that may go on: it asks for the same amount, and is young."""
    return request.payments.filter(
        provider=provider,
        amount=request.payable,
        state__in=(Payment.State.STARTED, Payment.State.OPEN),
        made_at__gte=timezone.now() - SAME_FOR,
    ).first()
