"""Money for tests: a provider that needs no network, requests, and news about them."""

import hmac
import json
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import uuid4

from nenrin.engines.payments.contract import (
    Fate,
    HostedProvider,
    News,
    Opened,
    ProviderDown,
    Reported,
    Standing,
    WebhookRefused,
    providers,
)
from nenrin.engines.payments.models import Payment, PaymentRequest
from nenrin.engines.payments.services.charge import Bill, charge
from nenrin.engines.payments.services.set_up_merchants import set_up_counter, set_up_merchant
from nenrin.engines.payments.services.start_payment import Way, start_payment

SECRET = "shared"


@dataclass
class Bank:
    """What the provider of the tests knows; made anew by each test."""

    standings: dict[str, Standing] = field(default_factory=dict)
    refunds: dict[str, int] = field(default_factory=dict)
    lines: list[Reported] = field(default_factory=list)
    down: int = 0

    def answer(self) -> None:
        if self.down:
            self.down -= 1
            raise ProviderDown("down")


class TestProvider(HostedProvider):
    """Signs with one secret and answers from its bank."""

    key = "test"
    label = "テスト"
    bank: ClassVar[Bank] = Bank()

    def open_page(self, options, order):
        self.bank.answer()
        return Opened(f"page:{order.key}", f"https://pay.invalid/{order.key}")

    def read(self, options, reference):
        self.bank.answer()
        return self.bank.standings.get(reference, Standing(Fate.OPEN))

    def give_back(self, options, wish):
        self.bank.answer()
        self.bank.refunds[wish.key] = wish.amount
        return f"refund:{wish.key}"

    def read_webhook(self, options, body, headers):
        good = hmac.digest(SECRET.encode(), body, "sha256").hex()
        if headers.get("Signature") != good:
            raise WebhookRefused("signature")
        told = json.loads(body)
        standing = Standing(Fate(told["fate"]), told["amount"], told["charge"])
        return News(told["event"], "k", told["key"], standing)

    def report(self, options, span, booked):
        self.bank.answer()
        return self.bank.lines


def use_test_provider() -> Bank:
    """Let the town in scope use it, and the counter."""
    if "test" not in providers:
        providers.register(TestProvider())
    TestProvider.bank = Bank()
    set_up_counter()
    set_up_merchant(provider="test", options={}, acting_user="t")
    return TestProvider.bank


def owed(amount: int = 300, **fields: Any) -> PaymentRequest:
    """A request for something."""
    bill = Bill(subject=f"thing:{uuid4()}", title="手数料", amount=amount, **fields)
    return charge(bill=bill, acting_user="t")


def started(request: PaymentRequest, provider: str = "test") -> Payment:
    """A hosted payment, begun."""
    way = Way(provider, "https://town.invalid/pay/{payment}/")
    return start_payment(request=request, way=way, acting_user="t")


def told(payment: Payment, **changed: Any) -> dict[str, Any]:
    """The webhook that says it was paid: arguments of `take_news`."""
    news = {
        "event": f"evt:{payment.pk}",
        "key": str(payment.pk),
        "fate": "paid",
        "amount": payment.amount,
        "charge": f"charge:{payment.pk}",
    } | changed
    body = json.dumps(news).encode()
    signature = hmac.digest(SECRET.encode(), body, "sha256").hex()
    return {"provider": "test", "body": body, "headers": {"Signature": signature}}
