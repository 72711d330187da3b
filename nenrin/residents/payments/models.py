"""The numbers by which a tax or fee is paid through 地方税共通納税 (eL-QR)."""

from django.db import models

from nenrin.core.tenancy.models import TownModel
from nenrin.engines.payments.models import PaymentRequest


class TaxSlip(TownModel):
    """The four parts of an eL number, as printed: texts, for leading zeros belong to them."""

    request = models.OneToOneField(PaymentRequest, on_delete=models.PROTECT, related_name="slip")
    agency = models.CharField("収納機関番号", max_length=5)
    payment_number = models.CharField("納付番号", max_length=20)
    confirmation = models.CharField("確認番号", max_length=6)
    payment_class = models.CharField("納付区分", max_length=10)
    kept_by = models.CharField(max_length=120)
    kept_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.agency}-{self.payment_number}"
