"""The ledger, what is owed, each try to pay it, what was given back, and the daily comparison."""

import uuid

from django.db import models
from django.db.models import F, Q

from nenrin.core.tenancy.models import TownModel


class Account(TownModel):
    """One account of the ledger: ``receivable``, ``held:stripe``, ``income:fees`` …"""

    key = models.CharField(max_length=60)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["town", "key"], name="payments_account_key")]

    def __str__(self) -> str:
        return self.key


class PaymentRequest(TownModel):
    """What somebody owes for one subject, in whole yen.

    Owed now is ``amount - waived - (paid - refunded)``; the ledger's receivable says the same.
    ``basis`` is shown with the amount (the rule that set it); ``label`` finds it on paper.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "支払い待ち"
        SETTLED = "settled", "支払い済み"
        OVERPAID = "overpaid", "払いすぎ"
        FREE = "free", "支払い不要"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=80)
    title = models.CharField(max_length=400)
    label = models.CharField(max_length=40, blank=True)
    basis = models.CharField(max_length=400, blank=True)
    income = models.CharField(max_length=40, default="fees")
    is_online = models.BooleanField(default=True, help_text="may be paid from home")
    amount = models.PositiveIntegerField()
    waived = models.PositiveIntegerField(default=0)
    paid = models.PositiveIntegerField(default=0)
    refunded = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["town", "subject"], name="payments_subject_once"),
            models.CheckConstraint(
                condition=Q(waived__lte=F("amount")), name="payments_waived_within"
            ),
            models.CheckConstraint(
                condition=Q(refunded__lte=F("paid")), name="payments_refunded_within"
            ),
        ]
        indexes = [models.Index(fields=["state", "made_at"], name="payments_by_state")]

    def __str__(self) -> str:
        return f"{self.label} {self.title}".strip()

    @property
    def owed(self) -> int:
        """What is still to be paid; below zero where too much was."""
        return self.amount - self.waived - (self.paid - self.refunded)

    @property
    def payable(self) -> int:
        """What a payer may pay now."""
        return max(0, self.owed)


class Payment(TownModel):
    """One try to pay a request; its id is the idempotency key towards the provider.

    ``reference`` is the provider's hosted page, ``charge`` the money itself: refunds and reports
    name the latter.
    """

    class State(models.TextChoices):
        STARTED = "started", "用意しています"
        OPEN = "open", "支払いを待っています"
        PAID = "paid", "支払われました"
        CANCELLED = "cancelled", "やめました"
        FAILED = "failed", "つながりませんでした"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, related_name="payments")
    provider = models.CharField(max_length=20)
    amount = models.PositiveIntegerField(help_text="what was asked for")
    received = models.PositiveIntegerField(default=0, help_text="what really came")
    refunded = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State, default=State.STARTED)
    reference = models.CharField(max_length=120, blank=True)
    charge = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    return_url = models.CharField(max_length=400, blank=True)
    words = models.CharField(max_length=200, blank=True, help_text="why it failed")
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "provider", "reference"],
                condition=~Q(reference=""),
                name="payments_reference_once",
            ),
            models.CheckConstraint(
                condition=Q(refunded__lte=F("received")), name="payments_given_back_within"
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "paid_at"], name="payments_by_day"),
            models.Index(
                fields=["made_at"], condition=Q(state__in=["started", "open"]), name="payments_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.amount}"

    @property
    def refundable(self) -> int:
        """What of it may still be given back."""
        return self.received - self.refunded

    @property
    def is_odd(self) -> bool:
        """Whether another amount came than was asked for."""
        return self.state == self.State.PAID and self.received != self.amount


class Refund(TownModel):
    """Money given back; its id is the idempotency key towards the provider.

    Asked for first, so that the amount is set aside; booked when the provider has agreed.
    """

    class State(models.TextChoices):
        ASKED = "asked", "返しています"
        DONE = "done", "返しました"
        FAILED = "failed", "返せませんでした"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=6, choices=State, default=State.ASKED)
    reference = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=200, blank=True, help_text="why it failed")
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_refund_positive")
        ]

    def __str__(self) -> str:
        return f"{self.amount}"


class Transaction(TownModel):
    """One booking. Only ever added; at the end of the transaction its entries must sum to zero."""

    class Kind(models.TextChoices):
        CHARGED = "charged", "請求"
        WAIVED = "waived", "減免・取り消し"
        PAID = "paid", "受け取り"
        REFUNDED = "refunded", "返金"

    request = models.ForeignKey(
        PaymentRequest, on_delete=models.PROTECT, related_name="transactions"
    )
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    words = models.CharField(max_length=200, blank=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["made_at"], name="payments_journal")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Entry(TownModel):
    """One side of a booking: above zero is debit, below is credit."""

    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries")
    amount = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="payments_entry_not_zero")
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount}"


class ProviderEvent(TownModel):
    """A webhook that was taken; written with its bookings, so that a replay finds it."""

    provider = models.CharField(max_length=20)
    event = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "provider", "event"], name="payments_event_once"
            )
        ]

    def __str__(self) -> str:
        return self.event


class Merchant(TownModel):
    """The town's contract with a provider; ``options`` name where the secrets stand."""

    provider = models.CharField(max_length=20)
    is_enabled = models.BooleanField(default=True)
    options = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["town", "provider"], name="payments_merchant_once")
        ]

    def __str__(self) -> str:
        return self.provider


class Reconciliation(TownModel):
    """One comparison of a day's bookings with the provider's report."""

    provider = models.CharField(max_length=20)
    day = models.DateField()
    matched = models.PositiveIntegerField()
    here = models.IntegerField(help_text="yen booked here")
    there = models.IntegerField(help_text="yen the provider reports")
    ran_at = models.DateTimeField(auto_now_add=True)
    ran_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["-day", "provider", "-ran_at"]

    def __str__(self) -> str:
        return f"{self.day} {self.provider}"


class Difference(TownModel):
    """Something on which the ledger and the provider do not agree."""

    class Kind(models.TextChoices):
        MISSING_HERE = "missing_here", "こちらに記録がない"
        MISSING_THERE = "missing_there", "事業者の報告にない"
        AMOUNT = "amount", "金額が違う"

    reconciliation = models.ForeignKey(
        Reconciliation, on_delete=models.CASCADE, related_name="differences"
    )
    kind = models.CharField(max_length=13, choices=Kind)
    reference = models.CharField(max_length=120)
    here = models.IntegerField(null=True)
    there = models.IntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"
