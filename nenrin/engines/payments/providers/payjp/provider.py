"""PAY.JP Checkout (API v2) through the official SDK.

https://docs.pay.jp/v2/guide: checkout sessions, refunds, payment transactions; webhooks carry a
token in ``X-Payjp-Webhook-Token``.
"""

import hmac
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, TypeVar

import urllib3
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

FoundT = TypeVar("FoundT")
sdk = Sdk("payjpv2")
PAGE = 100
SESSION_EVENTS = ("checkout.session.completed", "checkout.session.expired")


class PayJpOptions(HostedOptions):
    """Where PAY.JP is, and where its two secrets stand."""

    api_base: str = "https://api.pay.jp"
    secret_key_env: VariableName = "NENRIN_PAYJP_SECRET_KEY"  # noqa: S105
    webhook_token_env: VariableName = "NENRIN_PAYJP_WEBHOOK_TOKEN"  # noqa: S105


class PayJp(HostedProvider):
    key = "payjp"
    label = "クレジットカード（PAY.JP）"
    options_model: ClassVar[type[BaseModel]] = PayJpOptions
    secrets = ("secret_key_env", "webhook_token_env")

    def open_page(self, options: PayJpOptions, order: Order) -> Opened:
        wish = {
            "mode": "payment",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": "jpy",
                        "unit_amount": order.amount,
                        "product_data": {"name": order.title[:100]},
                    },
                }
            ],
            "client_reference_id": order.key,
            "metadata": {"key": order.key},
            "success_url": order.return_url,
            "cancel_url": order.cancel_url,
            "locale": "ja",
        }
        request = sdk.CheckoutSessionCreateRequest.from_dict(wish)
        api = sdk.CheckoutSessionsApi(_client(options))
        made = _asked(lambda: api.create_checkout_session(request, idempotency_key=order.key))
        return Opened(str(made.id), str(made.url))

    def read(self, options: PayJpOptions, reference: str) -> Standing:
        api = sdk.CheckoutSessionsApi(_client(options))
        found = _asked(lambda: api.get_checkout_session(reference))
        return _standing(found.to_dict())

    def give_back(self, options: PayJpOptions, wish: GiveBack) -> str:
        asked = {"payment_flow_id": wish.charge, "amount": wish.amount}
        request = sdk.PaymentRefundCreateRequest.from_dict(asked)
        api = sdk.PaymentRefundsApi(_client(options))
        made = _asked(lambda: api.create_payment_refund(request, idempotency_key=wish.key))
        if str(made.status.value) in ("failed", "canceled"):
            raise ProviderRefused("PAY.JPが返金を受け付けませんでした。")
        return str(made.id)

    def read_webhook(
        self, options: PayJpOptions, body: bytes, headers: Mapping[str, str]
    ) -> News | None:
        token = headers.get("X-Payjp-Webhook-Token", "")
        if not hmac.compare_digest(
            token.encode(), secret_named(options.webhook_token_env).encode()
        ):
            raise WebhookRefused("トークンが合いません。")
        try:
            event = json.loads(body)
            kind, held = str(event["type"]), event["data"]
            if kind not in SESSION_EVENTS:
                return None
            key = str((held.get("metadata") or {}).get("key") or "")
            # Whoever knows the token could write anything: the amount is asked of PAY.JP itself.
            return News(str(event["id"]), kind, key)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise WebhookRefused("読めません。") from error

    def report(self, options: PayJpOptions, span: Span, booked: Sequence[Booked]) -> list[Reported]:
        api = sdk.PaymentTransactionsApi(_client(options))
        return _asked(lambda: list(_lines(api, span)))


def _lines(api: Any, span: Span) -> Iterator[Reported]:
    """The newest come first; the reading ends with the first that is older than the span."""
    after = None
    while True:
        page = api.get_all_payment_transactions(limit=PAGE, starting_after=after)
        for line in page.data:
            at: datetime = line.created_at
            if at < span.since:
                return
            if at < span.until:
                sign = -1 if line.type.value == "refund" else 1
                yield Reported(line.resource_id, sign * abs(line.amount), at)
        if not page.has_more or not page.data:
            return
        after = page.data[-1].id


def _standing(session: Mapping[str, Any]) -> Standing:
    status = getattr(session.get("status"), "value", session.get("status"))
    if status == "complete":
        amount = int(session.get("amount_total") or 0)
        return Standing(Fate.PAID, amount, str(session.get("payment_flow_id") or ""))
    return Standing(Fate.OVER if status == "expired" else Fate.OPEN)


def _client(options: PayJpOptions) -> Any:
    configuration = sdk.Configuration(
        host=options.api_base.rstrip("/"),
        access_token=secret_named(options.secret_key_env),
        retries=1,
    )
    client = sdk.ApiClient(configuration)
    client.rest_client.pool_manager.connection_pool_kw["timeout"] = urllib3.Timeout(
        connect=options.connect_timeout, total=options.total_timeout
    )
    return client


def _asked(ask: Callable[[], FoundT]) -> FoundT:
    """The SDK's answer. Raises ProviderDown, ProviderRefused."""
    try:
        return ask()
    except urllib3.exceptions.HTTPError as error:
        raise ProviderDown("PAY.JPにつながりません。") from error
    except sdk.ApiException as error:
        if (error.status or 500) >= 500 or error.status == 429:
            raise ProviderDown("PAY.JPがいま動いていません。") from error
        raise ProviderRefused(f"PAY.JPが受け付けませんでした（{error.status}）。") from error
