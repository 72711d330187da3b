"""PayPay by code: the payer is sent to PayPay's page, or into the app on a phone.

https://www.paypay.ne.jp/opa/doc/v1.0/webcashier: codes, payment details, refunds, webhooks.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from pydantic import BaseModel

from ...contract import (
    Booked,
    Fate,
    GiveBack,
    HostedProvider,
    News,
    Opened,
    Order,
    ProviderRefused,
    Reported,
    Span,
    Standing,
    WebhookRefused,
)
from .client import PayPayOptions, ask

OVER = ("CANCELED", "EXPIRED", "FAILED")
LONGEST_TITLE = 250


class PayPay(HostedProvider):
    key = "paypay"
    label = "PayPay"
    options_model: ClassVar[type[BaseModel]] = PayPayOptions
    secrets = ("key_env", "secret_env")

    def open_page(self, options: PayPayOptions, order: Order) -> Opened:
        made = ask(
            options,
            "POST",
            "/v2/codes",
            {
                "merchantPaymentId": order.key,
                "codeType": "ORDER_QR",
                "redirectUrl": order.return_url,
                "redirectType": "WEB_LINK",
                "orderDescription": order.title[:LONGEST_TITLE],
                "amount": {"amount": order.amount, "currency": "JPY"},
            },
        )
        # PayPay finds a payment by our own id.
        return Opened(order.key, str(made["url"]))

    def read(self, options: PayPayOptions, reference: str) -> Standing:
        return _standing(_details(options, reference))

    def give_back(self, options: PayPayOptions, wish: GiveBack) -> str:
        ask(
            options,
            "POST",
            "/v2/refunds",
            {
                "merchantRefundId": wish.key,
                "paymentId": wish.charge,
                "amount": {"amount": wish.amount, "currency": "JPY"},
                "requestedAt": int(datetime.now(UTC).timestamp()),
            },
        )
        return wish.key

    def read_webhook(
        self, options: PayPayOptions, body: bytes, headers: Mapping[str, str]
    ) -> News | None:
        """PayPay signs nothing: its call only makes us ask."""
        try:
            told = json.loads(body)
            if told["notification_type"] != "Transaction":
                return None
            key, state = str(told["merchant_order_id"]), str(told["state"])
            return News(f"{told['order_id']}:{state}", state, key)
        except (ValueError, KeyError, TypeError) as error:
            raise WebhookRefused("読めません。") from error

    def report(
        self, options: PayPayOptions, span: Span, booked: Sequence[Booked]
    ) -> list[Reported]:
        """PayPay's list is a file of its merchant panel; over the API we ask about each of ours."""
        return list(_lines(options, booked))


def _lines(options: PayPayOptions, booked: Sequence[Booked]) -> Iterator[Reported]:
    for one in booked:
        try:
            if one.amount < 0:
                found = ask(options, "GET", f"/v2/refunds/{one.reference}")
                yield Reported(one.reference, -_amount(found), one.at)
            else:
                standing = _standing(_details(options, one.page))
                if standing.fate == Fate.PAID:
                    yield Reported(standing.charge, standing.amount, one.at)
        except ProviderRefused:
            continue  # it knows nothing of it: that is the difference


def _details(options: PayPayOptions, reference: str) -> dict[str, Any]:
    return ask(options, "GET", f"/v2/codes/payments/{reference}")


def _standing(found: Mapping[str, Any]) -> Standing:
    status = str(found.get("status"))
    if status in ("COMPLETED", "REFUNDED"):
        return Standing(Fate.PAID, _amount(found), str(found["paymentId"]))
    return Standing(Fate.OVER if status in OVER else Fate.OPEN)


def _amount(found: Mapping[str, Any]) -> int:
    return int(found["amount"]["amount"])
