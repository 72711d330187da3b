"""Stripe's signature of a webhook.

https://docs.stripe.com/webhooks#verify-manually: ``Stripe-Signature: t=…,v1=…``, where each v1 is
HMAC-SHA256 of ``t.body`` under the endpoint's secret.
"""

import hashlib
import hmac

TOLERANCE_SECONDS = 300


def is_genuine(body: bytes, header: str, secret: str, now: float) -> bool:
    """Whether one of the signatures is right and not older than the tolerance."""
    pairs = [part.strip().partition("=") for part in header.split(",")]
    stamps = [value for key, _, value in pairs if key == "t"]
    if not secret or len(stamps) != 1 or not stamps[0].isdecimal():
        return False
    good = hmac.digest(secret.encode(), stamps[0].encode() + b"." + body, hashlib.sha256).hex()
    signed = any(hmac.compare_digest(good, value) for key, _, value in pairs if key == "v1")
    return signed and abs(now - int(stamps[0])) <= TOLERANCE_SECONDS
