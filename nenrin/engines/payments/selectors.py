"""Reading money: sums of the ledger, a day's payments, and what does not fit."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from .contract import Booked, Span, providers
from .models import Account, Entry, Payment, PaymentRequest, Reconciliation, Refund, Transaction


@dataclass(frozen=True)
class Balances:
    """Every account's balance, and their sum, which must be zero."""

    accounts: tuple[tuple[str, int], ...]
    total: int

    @property
    def is_balanced(self) -> bool:
        """Whether debit and credit are the same."""
        return self.total == 0


def balances() -> Balances:
    """The whole ledger of the town in scope."""
    rows = Account.objects.annotate(balance=Sum("entries__amount")).order_by("key")
    found = tuple((row.key, row.balance or 0) for row in rows)
    return Balances(found, sum(balance for _, balance in found))


def balance_of(key: str) -> int:
    """The balance of one account."""
    return int(Entry.objects.filter(account__key=key).aggregate(sum=Sum("amount"))["sum"] or 0)


def request_for(subject: str) -> PaymentRequest | None:
    """What is owed for a subject, if anything was charged."""
    return PaymentRequest.objects.filter(subject=subject).first()


def payments_of(request: PaymentRequest) -> QuerySet[Payment]:
    """Money that came for a request, the newest first."""
    return request.payments.filter(state=Payment.State.PAID).prefetch_related("refunds")


def journal(span: Span) -> QuerySet[Transaction]:
    """The bookings of a span, in order."""
    found = Transaction.objects.filter(made_at__gte=span.since, made_at__lt=span.until)
    return found.select_related("request", "payment").prefetch_related("entries__account")


@dataclass(frozen=True)
class Takings:
    """What came by one provider in a span, and what went back."""

    provider: str
    count: int
    received: int
    returned: int


def takings(span: Span) -> list[Takings]:
    """By provider, the largest first."""
    came = Payment.objects.filter(paid_at__gte=span.since, paid_at__lt=span.until)
    went = Refund.objects.filter(done_at__gte=span.since, done_at__lt=span.until)
    back = dict(went.values_list("payment__provider").annotate(sum=Sum("amount")))
    rows = came.values("provider").annotate(count=Count("id"), sum=Sum("received"))
    found = {row["provider"]: (row["count"], row["sum"]) for row in rows}
    keys = sorted(found.keys() | back.keys(), key=lambda key: -found.get(key, (0, 0))[1])
    return [Takings(key, *found.get(key, (0, 0)), back.get(key, 0)) for key in keys]


def cashless_share(span: Span) -> tuple[int, int]:
    """How many payments of a span came without cash, and how many there were."""
    cash = [one.key for one in providers if not one.is_cashless]
    came = Payment.objects.filter(paid_at__gte=span.since, paid_at__lt=span.until)
    counts = came.aggregate(all=Count("id"), cash=Count("id", filter=Q(provider__in=cash)))
    return counts["all"] - counts["cash"], counts["all"]


def odd_payments() -> QuerySet[Payment]:
    """Those of overpaid requests, and other amounts than asked for, until the rest has come."""
    paid = Payment.objects.filter(state=Payment.State.PAID, received__gt=F("refunded"))
    is_waiting = Q(request__state=PaymentRequest.State.WAITING)
    odd = Q(request__state=PaymentRequest.State.OVERPAID) | is_waiting & ~Q(received=F("amount"))
    return paid.filter(odd).select_related("request").order_by("-paid_at")


def failed_refunds() -> QuerySet[Refund]:
    """Refunds that a provider would not make and nobody has asked for again since."""
    again = Refund.objects.filter(payment=OuterRef("payment"), asked_at__gt=OuterRef("asked_at"))
    found = Refund.objects.filter(~Exists(again), state=Refund.State.FAILED)
    return found.select_related("payment__request")


def booked_between(provider: str, span: Span) -> list[Booked]:
    """What the ledger holds of a provider in a span."""
    paid = Payment.objects.filter(
        provider=provider, paid_at__gte=span.since, paid_at__lt=span.until
    )
    back = Refund.objects.filter(
        payment__provider=provider, done_at__gte=span.since, done_at__lt=span.until
    )
    came = [Booked(p.charge, p.received, p.paid_at, p.reference) for p in paid if p.paid_at]
    went = [Booked(r.reference, -r.amount, r.done_at) for r in back if r.done_at]
    return [*came, *went]


def newest_reconciliations(limit: int = 30) -> list[Reconciliation]:
    """The newest run of each provider and day."""
    rows = Reconciliation.objects.order_by("-day", "provider", "-ran_at")
    found = rows.distinct("day", "provider").prefetch_related("differences")
    return list(found[:limit])
