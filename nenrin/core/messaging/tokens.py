"""The short name of a delivery in a link: who holds it may confirm and answer, nothing else.

``<town code>-<delivery id, base 36>-<80 bits of HMAC-SHA-256>``; no row is needed to check it.
"""

import base64
import hashlib
import hmac

from django.conf import settings
from django.utils.http import base36_to_int, int_to_base36

SIGNATURE_BYTES = 10


class BadToken(ValueError):
    """The link was not made here, or was cut off on its way."""


def delivery_token(town_code: str, delivery_id: int) -> str:
    """Token of a delivery."""
    name = f"{town_code}-{int_to_base36(delivery_id)}"
    return f"{name}-{_signature(name)}"


def read_delivery_token(token: str) -> tuple[str, int]:
    """Town code and delivery id of a token; raises BadToken."""
    return _read(token, b"delivery:")


def _read(token: str, purpose: bytes) -> tuple[str, int]:
    name, _, signature = token.rpartition("-")
    town_code, _, number = name.partition("-")
    if not hmac.compare_digest(signature.encode(), _signature(name, purpose).encode()):
        raise BadToken("このリンクは使えません。")
    try:
        return town_code, base36_to_int(number)
    except ValueError as error:
        raise BadToken("このリンクは使えません。") from error


def visit_token(town_code: str, link_id: int) -> str:
    """Token of a visitor's link; the same form, signed for this purpose alone."""
    name = f"{town_code}-{int_to_base36(link_id)}"
    return f"{name}-{_signature(name, b'visit:')}"


def read_visit_token(token: str) -> tuple[str, int]:
    """Town code and link id of a visitor's token; raises BadToken."""
    return _read(token, b"visit:")


def _signature(name: str, purpose: bytes = b"delivery:") -> str:
    digest = hmac.digest(settings.SECRET_KEY.encode(), purpose + name.encode(), hashlib.sha256)
    return base64.b32encode(digest[:SIGNATURE_BYTES]).decode().lower()
