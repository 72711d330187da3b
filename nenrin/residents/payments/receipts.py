"""領収書: drawn from what was booked, the same bytes whenever it is asked for."""

from pathlib import Path

from django.utils import timezone

from nenrin.core.printing.compiler import compile_pdf
from nenrin.core.tenancy.models import Town
from nenrin.engines.forms.fields.identity.date_ import in_era
from nenrin.engines.payments.merchants import label_of
from nenrin.engines.payments.models import Payment, Refund, Transaction

from .subjects import payer_of

TEMPLATE = Path(__file__).parent / "print" / "receipt.typ"


class NoReceipt(Exception):
    """No money came by this payment."""


def draw_receipt(payment: Payment) -> tuple[str, bytes]:
    """The file's name and the PDF/A. Raises NoReceipt."""
    booked = Transaction.objects.filter(payment=payment, kind=Transaction.Kind.PAID).first()
    if booked is None or payment.paid_at is None:
        raise NoReceipt
    request = payment.request
    content = {
        "number": f"第{booked.pk}号",
        "town": Town.objects.get(pk=payment.town_id).name,
        "to": payer_of(request),
        "day": in_era(timezone.localdate(payment.paid_at)),
        "amount": f"{payment.received:,}",
        "title": request.title,
        "label": request.label,
        "basis": request.basis,
        "way": label_of(payment.provider),
        "returned": [
            [f"{timezone.localdate(one.done_at):%Y-%m-%d}", f"{one.amount:,}"]
            for one in payment.refunds.filter(state=Refund.State.DONE).order_by("done_at")
            if one.done_at
        ],
    }
    name = f"領収書_{request.label or booked.pk}.pdf"
    return name, compile_pdf(TEMPLATE, content, created_at=payment.paid_at)
