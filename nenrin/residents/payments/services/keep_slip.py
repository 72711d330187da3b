"""Keep the numbers of 地方税共通納税 with what is owed."""

import unicodedata
from dataclasses import dataclass

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act
from nenrin.engines.payments.models import PaymentRequest

from ..models import TaxSlip

# 収納機関番号 and 確認番号 are five and six digits long; the others vary by kind of tax.
LENGTHS = {
    "agency": ("収納機関番号", 5, 5),
    "payment_number": ("納付番号", 6, 20),
    "confirmation": ("確認番号", 6, 6),
    "payment_class": ("納付区分", 1, 10),
}


class SlipRefused(Exception):
    """A number cannot be right; ``field`` says which, the text how to mend it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True)
class SlipNumbers:
    """The four numbers as typed."""

    agency: str
    payment_number: str
    confirmation: str
    payment_class: str


@transaction.atomic
def keep_slip(*, request: PaymentRequest, numbers: SlipNumbers, acting_user: str) -> TaxSlip:
    """Keep or replace the numbers, zeros in front and all. Raises SlipRefused."""
    plain = {name: _digits(name, value) for name, value in vars(numbers).items()}
    slip, _ = TaxSlip.objects.update_or_create(
        request=request, defaults={**plain, "kept_by": acting_user}
    )
    record_act(actor=acting_user, action="cashier.slip", subject=f"payment:{request.pk}")
    return slip


def _digits(name: str, typed: str) -> str:
    label, shortest, longest = LENGTHS[name]
    plain = "".join(unicodedata.normalize("NFKC", typed).replace("-", "").split())
    if not (plain.isascii() and plain.isdecimal()):
        raise SlipRefused(name, f"{label}は数字で書いてください。")
    if not shortest <= len(plain) <= longest:
        wanted = f"{longest}" if shortest == longest else f"{shortest}から{longest}"
        raise SlipRefused(name, f"{label}は{wanted}けたです。0から始まるときは0も書いてください。")
    return plain
