"""PayPay's HMAC authentication (``hmac OPA-Auth``).

https://www.paypay.ne.jp/opa/doc/v1.0/dynamicqrcode, "API Authentication"
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass

SCHEME = "hmac OPA-Auth"
EMPTY = "empty"


@dataclass(frozen=True)
class Signed:
    """What the signature covers besides the body."""

    method: str
    path: str
    nonce: str
    epoch: int
    content_type: str = ""


def authorization(key: str, secret: str, signed: Signed, body: bytes) -> str:
    """The value of the header ``Authorization``; the path is without its query."""
    kind = signed.content_type if body else EMPTY
    digest = _digest(kind, body) if body else EMPTY
    parts = (signed.path, signed.method, signed.nonce, str(signed.epoch), kind, digest)
    mac = hmac.digest(secret.encode(), "\n".join(parts).encode(), hashlib.sha256)
    fields = (key, base64.b64encode(mac).decode(), signed.nonce, str(signed.epoch), digest)
    return f"{SCHEME}:{':'.join(fields)}"


def _digest(content_type: str, body: bytes) -> str:
    # MD5 is PayPay's choice; the strength lies in the HMAC around it.
    made = hashlib.md5(content_type.encode() + body, usedforsecurity=False)
    return base64.b64encode(made.digest()).decode()
