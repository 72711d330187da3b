"""PAY.JP's API v2 as its SDK and documents describe it: JSON, bearer key, token of the webhook.

https://docs.pay.jp/v2/guide
"""

import json
from datetime import UTC, datetime
from typing import Any

from nenrin.rehearsal.payments.shop import Call, Hook, Shop
from nenrin.rehearsal.payments.till import Line, Sale, new_id
from nenrin.rehearsal.providers.http import Refusal, Reply, json_object, json_reply

SESSIONS = "/v2/checkout/sessions"


class PayJpShop(Shop):
    name = "payjp"
    label = "PAY.JP"
    charges = "pfw"

    def fault(self, status: int, code: str, words: str) -> Refusal:
        content = {"status": status, "title": words, "type": code, "detail": words, "errors": []}
        return Refusal(json_reply(status, content))

    def answer(self, call: Call) -> Reply:
        if call.request.text(b"authorization") != f"Bearer {self.secrets.api_key}":
            raise self.fault(401, "unauthorized", "the key is wrong")
        key, body = call.request.text(b"idempotency-key"), call.request.body
        match call.method, call.path:
            case "POST", "/v2/checkout/sessions":
                return self.once(key, body, lambda: self._open(json_object(call.request)))
            case "POST", "/v2/payment_refunds":
                return self.once(key, body, lambda: self._refund(json_object(call.request)))
            case "GET", "/v2/payment_transactions":
                return json_reply(200, self._report(call.query))
            case "GET", path if path.startswith(f"{SESSIONS}/"):
                return json_reply(200, self._session(self.sale(path[len(SESSIONS) + 1 :])))
        raise self.fault(404, "not_found", "no such address")

    def hook(self, sale: Sale) -> Hook:
        event = {
            "id": f"evnt_{sale.id}",
            "object": "event",
            "type": "checkout.session.completed",
            "livemode": False,
            "pending_webhooks": 1,
            "data": self._session(sale),
            "created_at": _time(sale.created),
            "updated_at": _time(sale.created),
        }
        headers = {"X-Payjp-Webhook-Token": self.secrets.hook}
        return Hook(json.dumps(event).encode(), headers)

    def _open(self, wish: dict[str, Any]) -> dict[str, Any]:
        try:
            (item,) = wish["line_items"]
            price = item["price_data"]
            if wish["mode"] != "payment" or price["currency"] != "jpy":
                raise KeyError("mode")
            sale = Sale(
                shop=self.name,
                id=new_id("cs"),
                key=str((wish.get("metadata") or {}).get("key", "")),
                amount=int(price["unit_amount"]) * int(item["quantity"]),
                title=str(price["product_data"]["name"]),
                success_url=str(wish["success_url"]),
                cancel_url=str(wish.get("cancel_url") or ""),
            )
        except (KeyError, ValueError, TypeError) as error:
            raise self.fault(400, "invalid_request", f"missing {error}") from None
        return self._session(self.till.open_sale(sale))

    def _session(self, sale: Sale) -> dict[str, Any]:
        known = {
            "object": "checkout.session",
            "id": sale.id,
            "livemode": False,
            "amount_subtotal": sale.amount,
            "amount_total": sale.amount,
            "currency": "jpy",
            "locale": "ja",
            "payment_flow_id": sale.charge or None,
            "mode": "payment",
            "ui_mode": "hosted",
            "status": "complete" if sale.is_paid else "open",
            "success_url": sale.success_url,
            "cancel_url": sale.cancel_url,
            "redirect_options": {"include_client_secret": False},
            "url": self.page_url(sale),
            "metadata": {"key": sale.key},
            "expires_at": _time(sale.created + 86400),
            "created_at": _time(sale.created),
            "updated_at": _time(sale.created),
        }
        empty = (
            "customer_id", "customer_email", "customer_details", "payment_method_types",
            "payment_method_options", "setup_flow_id", "submit_type",
        )  # fmt: skip
        return known | dict.fromkeys(empty)

    def _refund(self, wish: dict[str, Any]) -> dict[str, Any]:
        charge = str(wish.get("payment_flow_id"))
        wanted = int(wish.get("amount") or self.till.left(charge))
        line = self.till.refund(self.name, charge, wanted, new_id("re"))
        if line is None:
            raise self.fault(400, "invalid_amount", "more than was paid")
        return {
            "object": "payment_refund",
            "id": line.reference,
            "livemode": False,
            "payment_flow_id": charge,
            "amount": wanted,
            "status": "succeeded",
            "reason": None,
            "metadata": {},
            "created_at": _time(line.at),
            "updated_at": _time(line.at),
        }

    def _report(self, query: dict[str, str]) -> dict[str, Any]:
        limit = int(query.get("limit", "10"))
        lines = [one for one in reversed(self.till.lines) if one.shop == self.name]
        if after := query.get("starting_after"):
            place = next((n for n, one in enumerate(lines) if one.id == after), len(lines))
            lines = lines[place + 1 :]
        return {
            "object": "list",
            "url": "/v2/payment_transactions",
            "has_more": len(lines) > limit,
            "data": [_transaction(one) for one in lines[:limit]],
        }


def _transaction(line: Line) -> dict[str, Any]:
    return {
        "object": "payment_transaction",
        "id": line.id,
        "livemode": False,
        "resource_id": line.reference,
        "amount": line.amount,
        "currency": "jpy",
        "fee_rate": "3.00",
        "fee": 0,
        "type": line.kind,
        "payment_method_type": "card",
        "term_id": "tm_rehearsal",
        "created_at": _time(line.at),
        "updated_at": _time(line.at),
    }


def _time(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()
