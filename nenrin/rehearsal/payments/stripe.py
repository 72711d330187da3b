"""Stripe as it documents itself: checkout sessions, refunds, balance transactions, webhooks.

https://docs.stripe.com/api, https://docs.stripe.com/webhooks#verify-manually
"""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import parse_qsl

from nenrin.rehearsal.payments.shop import Call, Hook, Shop
from nenrin.rehearsal.payments.till import Line, Sale, new_id
from nenrin.rehearsal.providers.http import Refusal, Reply, json_reply

SESSIONS, REFUNDS, REPORT = "/v1/checkout/sessions", "/v1/refunds", "/v1/balance_transactions"


class StripeShop(Shop):
    name = "stripe"
    label = "Stripe"
    charges = "pi"

    def fault(self, status: int, code: str, words: str) -> Refusal:
        kind = "idempotency_error" if code == "idempotency_error" else "invalid_request_error"
        return Refusal(
            json_reply(status, {"error": {"type": kind, "code": code, "message": words}})
        )

    def answer(self, call: Call) -> Reply:
        if call.request.text(b"authorization") != f"Bearer {self.secrets.api_key}":
            raise self.fault(401, "api_key_invalid", "Invalid API Key provided")
        key, body = call.request.text(b"idempotency-key"), call.request.body
        match call.method, call.path:
            case "POST", "/v1/checkout/sessions":
                return self.once(key, body, lambda: self._open(_form(body)))
            case "POST", "/v1/refunds":
                return self.once(key, body, lambda: self._refund(_form(body)))
            case "GET", "/v1/balance_transactions":
                return json_reply(200, self._report(call.query))
            case "GET", path if path.startswith(f"{SESSIONS}/"):
                return json_reply(200, self._session(self.sale(path[len(SESSIONS) + 1 :])))
        raise self.fault(404, "unknown_url", "Unrecognized request URL")

    def hook(self, sale: Sale) -> Hook:
        event = {
            "id": f"evt_{sale.id}",
            "object": "event",
            "type": "checkout.session.completed",
            "created": int(time.time()),
            "livemode": False,
            "data": {"object": self._session(sale)},
        }
        body, now = json.dumps(event).encode(), int(time.time())
        signed = f"{now}.".encode() + body
        mac = hmac.digest(self.secrets.hook.encode(), signed, hashlib.sha256).hex()
        return Hook(body, {"Stripe-Signature": f"t={now},v1={mac}"})

    def _open(self, form: dict[str, str]) -> dict[str, Any]:
        item = "line_items[0][price_data]"
        try:
            if form["mode"] != "payment" or form[f"{item}[currency]"] != "jpy":
                raise KeyError("mode")
            sale = Sale(
                shop=self.name,
                id=new_id("cs_test"),
                key=form.get("client_reference_id", ""),
                amount=int(form[f"{item}[unit_amount]"]) * int(form["line_items[0][quantity]"]),
                title=form[f"{item}[product_data][name]"],
                success_url=form["success_url"],
                cancel_url=form.get("cancel_url", ""),
            )
        except (KeyError, ValueError) as error:
            raise self.fault(400, "parameter_missing", f"Missing required param: {error}") from None
        return self._session(self.till.open_sale(sale))

    def _session(self, sale: Sale) -> dict[str, Any]:
        return {
            "id": sale.id,
            "object": "checkout.session",
            "amount_subtotal": sale.amount,
            "amount_total": sale.amount,
            "cancel_url": sale.cancel_url,
            "client_reference_id": sale.key,
            "created": int(sale.created),
            "currency": "jpy",
            "expires_at": int(sale.created) + 86400,
            "livemode": False,
            "metadata": {},
            "mode": "payment",
            "payment_intent": sale.charge or None,
            "payment_status": "paid" if sale.is_paid else "unpaid",
            "status": "complete" if sale.is_paid else "open",
            "success_url": sale.success_url,
            "url": None if sale.is_paid else self.page_url(sale),
        }

    def _refund(self, form: dict[str, str]) -> dict[str, Any]:
        charge, amount = form.get("payment_intent", ""), form.get("amount", "")
        wanted = int(amount) if amount.isdecimal() else self.till.left(charge)
        line = self.till.refund(self.name, charge, wanted, new_id("re"))
        if line is None:
            raise self.fault(400, "charge_already_refunded", "greater than unrefunded amount")
        return {
            "id": line.reference,
            "object": "refund",
            "amount": wanted,
            "currency": "jpy",
            "payment_intent": charge,
            "status": "succeeded",
        }

    def _report(self, query: dict[str, str]) -> dict[str, Any]:
        since, until = query.get("created[gte]", "0"), query.get("created[lt]", "99999999999")
        limit = int(query.get("limit", "10"))
        lines = [one for one in reversed(self.till.lines) if one.shop == self.name]
        if after := query.get("starting_after"):
            place = next((n for n, one in enumerate(lines) if one.id == after), len(lines))
            lines = lines[place + 1 :]
        found = [one for one in lines if int(since) <= int(one.at) < int(until)]
        return {
            "object": "list",
            "url": REPORT,
            "has_more": len(found) > limit,
            "data": [_transaction(one) for one in found[:limit]],
        }


def _transaction(line: Line) -> dict[str, Any]:
    is_refund = line.kind == "refund"
    source: dict[str, Any] = {"id": line.reference, "object": "refund"}
    if not is_refund:
        charge = f"ch_{line.reference.removeprefix('pi_')}"
        source = {"id": charge, "object": "charge", "payment_intent": line.reference}
    return {
        "id": line.id,
        "object": "balance_transaction",
        "amount": line.amount,
        "created": int(line.at),
        "currency": "jpy",
        "fee": 0,
        "net": line.amount,
        "source": source,
        "status": "available",
        "type": "refund" if is_refund else "charge",
    }


def _form(body: bytes) -> dict[str, str]:
    return dict(parse_qsl(body.decode()))
