"""Stripe Checkout through the official SDK.

https://docs.stripe.com/api/checkout/sessions, /api/refunds, /api/balance_transactions, /webhooks
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel

from nenrin.core.messaging.transports.secrets_from_environment import VariableName, secret_named

from ...contract import (
    Booked,
    Fate,
    GiveBack,
    HostedProvider,
    News,
    Opened,
    Order,
    ProviderDown,
    ProviderRefused,
    Reported,
    Span,
    Standing,
    WebhookRefused,
)
from ..options import HostedOptions
from ..sdk import Sdk
from .signature import is_genuine

FoundT = TypeVar("FoundT")
sdk = Sdk("stripe")
PAGE = 100
SESSION_EVENTS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
)


class StripeOptions(HostedOptions):
    """Where Stripe is, and where its two secrets stand."""

    api_base: str = "https://api.stripe.com"
    secret_key_env: VariableName = "NENRIN_STRIPE_SECRET_KEY"  # noqa: S105
    webhook_secret_env: VariableName = "NENRIN_STRIPE_WEBHOOK_SECRET"  # noqa: S105


class Stripe(HostedProvider):
    key = "stripe"
    label = "クレジットカード（Stripe）"
    options_model: ClassVar[type[BaseModel]] = StripeOptions
    secrets = ("secret_key_env", "webhook_secret_env")

    def open_page(self, options: StripeOptions, order: Order) -> Opened:
        item: Any = {
            "quantity": 1,
            "price_data": {
                "currency": "jpy",
                "unit_amount": order.amount,
                "product_data": {"name": order.title[:250]},
            },
        }
        params: Any = {
            "mode": "payment",
            "line_items": [item],
            "client_reference_id": order.key,
            "success_url": order.return_url,
            "cancel_url": order.cancel_url,
            "locale": "ja",
        }
        sessions = _client(options).v1.checkout.sessions
        made = _asked(lambda: sessions.create(params, {"idempotency_key": order.key}))
        return Opened(str(made.id), str(made.url or ""))

    def read(self, options: StripeOptions, reference: str) -> Standing:
        sessions = _client(options).v1.checkout.sessions
        return _standing(_plain(_asked(lambda: sessions.retrieve(reference))))

    def give_back(self, options: StripeOptions, wish: GiveBack) -> str:
        params: Any = {"payment_intent": wish.charge, "amount": wish.amount}
        refunds = _client(options).v1.refunds
        made = _asked(lambda: refunds.create(params, {"idempotency_key": wish.key}))
        if made.status in ("failed", "canceled"):
            raise ProviderRefused("Stripeが返金を受け付けませんでした。")
        return str(made.id)

    def read_webhook(
        self, options: StripeOptions, body: bytes, headers: Mapping[str, str]
    ) -> News | None:
        secret = secret_named(options.webhook_secret_env)
        if not is_genuine(body, headers.get("Stripe-Signature", ""), secret, time.time()):
            raise WebhookRefused("署名が合いません。")
        try:
            event = json.loads(body)
            kind, held = str(event["type"]), event["data"]["object"]
        except (ValueError, KeyError, TypeError) as error:
            raise WebhookRefused("読めません。") from error
        if kind not in SESSION_EVENTS:
            return None
        key = str(held.get("client_reference_id") or "")
        return News(str(event["id"]), kind, key, _standing(held))

    def report(
        self, options: StripeOptions, span: Span, booked: Sequence[Booked]
    ) -> list[Reported]:
        return _asked(lambda: list(_lines(_client(options), span)))


def _lines(client: Any, span: Span) -> Iterator[Reported]:
    created: Any = {"gte": int(span.since.timestamp()), "lt": int(span.until.timestamp())}
    params: Any = {"created": created, "limit": PAGE, "expand": ["data.source"]}
    for line in client.v1.balance_transactions.list(params).auto_paging_iter():
        held = _plain(line)
        source = held.get("source") or {}
        if held["type"] in ("charge", "payment"):
            reference = source.get("payment_intent")
        elif held["type"] in ("refund", "payment_refund"):
            reference = source.get("id")
        else:
            continue  # payouts and Stripe's own fees are no payments of ours
        at = datetime.fromtimestamp(held["created"], UTC)
        yield Reported(str(reference or held["id"]), int(held["amount"]), at)


def _standing(session: Mapping[str, Any]) -> Standing:
    if session.get("payment_status") == "paid":
        charge = session.get("payment_intent")
        named = charge.get("id") if isinstance(charge, dict) else charge
        return Standing(Fate.PAID, int(session.get("amount_total") or 0), str(named or ""))
    return Standing(Fate.OVER if session.get("status") == "expired" else Fate.OPEN)


def _client(options: StripeOptions) -> Any:
    timeout = (options.connect_timeout, options.total_timeout)
    return sdk.StripeClient(
        secret_named(options.secret_key_env),
        base_addresses={"api": options.api_base.rstrip("/")},
        http_client=sdk.RequestsClient(timeout=timeout),
        max_network_retries=1,
    )


def _asked(ask: Callable[[], FoundT]) -> FoundT:
    """The SDK's answer. Raises ProviderDown, ProviderRefused."""
    try:
        return ask()
    except (sdk.APIConnectionError, sdk.RateLimitError) as error:
        raise ProviderDown("Stripeにつながりません。") from error
    except sdk.StripeError as error:
        if (error.http_status or 500) >= 500:
            raise ProviderDown("Stripeがいま動いていません。") from error
        raise ProviderRefused(f"Stripeが受け付けませんでした（{error.code or ''}）。") from error


def _plain(held: Any) -> dict[str, Any]:
    return dict(held.to_dict())
