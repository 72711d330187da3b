"""PayPay's Open Payment API as documented: signed requests, unsigned webhooks.

https://www.paypay.ne.jp/opa/doc/v1.0/webcashier
"""

import base64
import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from typing import Any

from nenrin.rehearsal.payments.shop import Call, Hook, Shop
from nenrin.rehearsal.payments.till import Sale, new_id
from nenrin.rehearsal.providers.http import Refusal, Reply, json_object, json_reply

DETAILS, REFUNDS = "/v2/codes/payments/", "/v2/refunds/"
CLOCK_MAY_DIFFER = 120


class PayPayShop(Shop):
    name = "paypay"
    label = "PayPay"

    def fault(self, status: int, code: str, words: str) -> Refusal:
        result = {"code": code.upper(), "message": words, "codeId": "00400000"}
        return Refusal(json_reply(status, {"resultInfo": result, "data": None}))

    def answer(self, call: Call) -> Reply:
        self._check_signature(call)
        match call.method, call.path:
            case "POST", "/v2/codes":
                return _data(201, self._open(json_object(call.request)))
            case "POST", "/v2/refunds":
                return _data(201, self._refund(json_object(call.request)))
            case "GET", path if path.startswith(DETAILS):
                return _data(200, self._details(self._by_key(path[len(DETAILS) :])))
            case "GET", path if path.startswith(REFUNDS):
                return _data(200, self._refund_details(path[len(REFUNDS) :]))
        raise self.fault(404, "not_found", "no such address")

    def hook(self, sale: Sale) -> Hook:
        told = {
            "notification_type": "Transaction",
            "merchant_id": "rehearsal",
            "store_id": "",
            "pos_id": "",
            "order_id": sale.charge,
            "merchant_order_id": sale.key,
            "order_amount": str(sale.amount),
            "state": "COMPLETED",
            "paid_at": datetime.now(UTC).isoformat(),
        }
        return Hook(json.dumps(told).encode(), {})

    def _check_signature(self, call: Call) -> None:
        try:
            scheme, key, mac, nonce, epoch, digest = call.request.text(b"authorization").split(":")
            age = abs(time.time() - int(epoch))
        except ValueError:
            raise self.fault(401, "unauthorized", "no signature") from None
        body, kind = call.request.body, call.request.text(b"content-type")
        made = "empty"
        if body:
            md5 = hashlib.md5(kind.encode() + body, usedforsecurity=False)
            made = base64.b64encode(md5.digest()).decode()
        path = call.request.path
        parts = (path, call.method, nonce, epoch, kind if body else "empty", made)
        good = hmac.digest(self.secrets.hook.encode(), "\n".join(parts).encode(), hashlib.sha256)
        is_right = hmac.compare_digest(base64.b64encode(good).decode(), mac) and digest == made
        known = scheme == "hmac OPA-Auth" and key == self.secrets.api_key
        if not (is_right and known and age < CLOCK_MAY_DIFFER):
            raise self.fault(401, "unauthorized", "the signature is wrong")

    def _by_key(self, key: str) -> Sale:
        sales = self.till.sales.values()
        found = next((one for one in sales if (one.shop, one.key) == (self.name, key)), None)
        if found is None:
            raise self.fault(404, "dynamic_qr_payment_not_found", "no such payment")
        return found

    def _open(self, wish: dict[str, Any]) -> dict[str, Any]:
        try:
            key = str(wish["merchantPaymentId"])
            if wish["codeType"] != "ORDER_QR" or wish["amount"]["currency"] != "JPY":
                raise KeyError("codeType")
            if any((one.shop, one.key) == (self.name, key) for one in self.till.sales.values()):
                raise self.fault(400, "duplicate_dynamic_qr_request", "this id was used")
            sale = Sale(
                shop=self.name,
                id=new_id("code"),
                key=key,
                amount=int(wish["amount"]["amount"]),
                title=str(wish.get("orderDescription", "")),
                success_url=str(wish["redirectUrl"]),
                cancel_url=str(wish["redirectUrl"]),
            )
        except (KeyError, ValueError, TypeError) as error:
            raise self.fault(400, "missing_request_params", f"missing {error}") from None
        self.till.open_sale(sale)
        return {"codeId": sale.id, "url": self.page_url(sale), "deeplink": "", **wish}

    def _details(self, sale: Sale) -> dict[str, Any]:
        return {
            "status": "COMPLETED" if sale.is_paid else "CREATED",
            "paymentId": sale.charge,
            "merchantPaymentId": sale.key,
            "amount": {"amount": sale.amount, "currency": "JPY"},
            "requestedAt": int(sale.created),
        }

    def _refund(self, wish: dict[str, Any]) -> dict[str, Any]:
        key, charge = str(wish["merchantRefundId"]), str(wish["paymentId"])
        amount = int(wish["amount"]["amount"])
        is_known = any(one.reference == key for one in self.till.lines)
        if not is_known and self.till.refund(self.name, charge, amount, key) is None:
            raise self.fault(400, "unacceptable_op", "more than was paid")
        return self._refund_details(key)

    def _refund_details(self, key: str) -> dict[str, Any]:
        line = next((one for one in self.till.lines if one.reference == key), None)
        if line is None:
            raise self.fault(404, "no_such_refund_order", "no such refund")
        return {
            "status": "REFUNDED",
            "merchantRefundId": key,
            "paymentId": line.of,
            "amount": {"amount": -line.amount, "currency": "JPY"},
        }


def _data(status: int, content: dict[str, Any]) -> Reply:
    result = {"code": "SUCCESS", "message": "Success", "codeId": "08100001"}
    return json_reply(status, {"resultInfo": result, "data": content})
