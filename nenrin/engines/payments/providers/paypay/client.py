"""PayPay's Open Payment API over HTTP: signed JSON in and out."""

import json
import secrets
import time
from typing import Any
from urllib.parse import urlsplit

import urllib3

from nenrin.core.messaging.transports.secrets_from_environment import VariableName, secret_named

from ...contract import ProviderDown, ProviderRefused
from ..options import HostedOptions
from .signing import Signed, authorization

JSON = "application/json;charset=UTF-8"


class PayPayOptions(HostedOptions):
    """Where PayPay is, the merchant's id, and where key and secret stand."""

    api_base: str = "https://apigw.paypay.ne.jp"
    merchant_id: str = ""
    key_env: VariableName = "NENRIN_PAYPAY_API_KEY"
    secret_env: VariableName = "NENRIN_PAYPAY_API_SECRET"  # noqa: S105


def ask(
    options: PayPayOptions, method: str, path: str, content: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The answer's ``data``. Raises ProviderDown, ProviderRefused."""
    body = json.dumps(content, ensure_ascii=False).encode() if content is not None else b""
    url = options.api_base.rstrip("/") + path
    signed = Signed(method, urlsplit(url).path, secrets.token_hex(4), int(time.time()), JSON)
    key, secret = secret_named(options.key_env), secret_named(options.secret_env)
    headers = {"Authorization": authorization(key, secret, signed, body)}
    if body:
        headers["Content-Type"] = JSON
    if options.merchant_id:
        headers["X-ASSUME-MERCHANT"] = options.merchant_id
    timeout = urllib3.Timeout(connect=options.connect_timeout, total=options.total_timeout)
    try:
        with urllib3.PoolManager(timeout=timeout, retries=False) as pool:
            answer = pool.request(method, url, body=body or None, headers=headers)
    except urllib3.exceptions.HTTPError as error:
        raise ProviderDown("PayPayにつながりません。") from error
    return _data(answer.status, answer.data)


def _data(status: int, body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
        code = str(content["resultInfo"]["code"])
    except (ValueError, KeyError, TypeError):
        content, code = {}, ""
    if status >= 500 or status == 429:
        raise ProviderDown("PayPayがいま動いていません。")
    if status >= 400 or not code:
        raise ProviderRefused(f"PayPayが受け付けませんでした（{code or status}）。")
    return dict(content.get("data") or {})
