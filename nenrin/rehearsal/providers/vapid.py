"""Voluntary application server identification (RFC 8292)."""

import base64
import json
import re
import time
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

LONGEST_LIFE_S = 24 * 3600
CLOCK_SKEW_S = 60
REMEMBERED = 1000
BASE64URL = re.compile(r"[A-Za-z0-9_-]+")


class Unauthorized(Exception):
    """The sender did not prove who it is: 401 when nothing readable came, 403 when it is wrong."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class VapidVerifier:
    """Checks the Authorization header; a token once proved is remembered until it expires."""

    def __init__(self) -> None:
        self._proved: dict[tuple[bytes, bytes], float] = {}

    def check(self, authorization: bytes, authority: bytes) -> None:
        """Accept a token made for this origin; raises Unauthorized."""
        known = (authorization, authority)
        if self._proved.get(known, 0.0) > time.time():
            return
        token, key = _parameters(authorization.decode("latin-1"))
        claims = _verified_claims(token, key)
        if claims.get("aud") != f"https://{authority.decode('latin-1')}":
            raise Unauthorized(403, "aud is not the origin of the push service")
        expires = _expiry(claims)
        if len(self._proved) >= REMEMBERED:
            self._proved.clear()
        self._proved[known] = expires


def _parameters(header: str) -> tuple[str, str]:
    scheme, _, rest = header.partition(" ")
    fields = dict(
        (name.strip().lower(), value.strip().strip('"'))
        for name, _, value in (field.partition("=") for field in rest.split(","))
    )
    token, key = fields.get("t", ""), fields.get("k", "")
    if scheme.lower() != "vapid" or not token or not key:
        raise Unauthorized(401, "Authorization must be: vapid t=<JWT>, k=<public key>")
    return token, key


def _verified_claims(token: str, key: str) -> dict[str, Any]:
    parts = token.split(".")
    if len(parts) != 3:
        raise Unauthorized(401, "t is not a JWT of three parts")
    header, claims = _json_part(parts[0]), _json_part(parts[1])
    if header.get("alg") != "ES256":
        raise Unauthorized(403, "the JWT must be signed with ES256")
    try:
        public_key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decode(key))
    except ValueError:
        raise Unauthorized(401, "k is not an uncompressed point of P-256") from None
    _check_signature(public_key, _decode(parts[2]), f"{parts[0]}.{parts[1]}".encode())
    return claims


def _check_signature(key: ec.EllipticCurvePublicKey, signature: bytes, signed: bytes) -> None:
    if len(signature) != 64:
        raise Unauthorized(403, "an ES256 signature has 64 bytes")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))
    except InvalidSignature:
        raise Unauthorized(403, "the signature does not match k") from None


def _expiry(claims: dict[str, Any]) -> float:
    expires = claims.get("exp")
    if not isinstance(expires, int | float) or isinstance(expires, bool):
        raise Unauthorized(403, "exp must be a number")
    left = expires - time.time()
    if left <= 0:
        raise Unauthorized(403, "the token has expired")
    if left > LONGEST_LIFE_S + CLOCK_SKEW_S:
        raise Unauthorized(403, "exp is more than 24 hours ahead")
    return float(expires)


def _json_part(part: str) -> dict[str, Any]:
    try:
        content = json.loads(_decode(part))
    except ValueError:
        raise Unauthorized(401, "a part of the JWT is not JSON") from None
    if not isinstance(content, dict):
        raise Unauthorized(401, "a part of the JWT is not an object")
    return content


def _decode(text: str) -> bytes:
    if not BASE64URL.fullmatch(text.rstrip("=")):
        raise Unauthorized(401, "not base64url")
    try:
        return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except ValueError:
        raise Unauthorized(401, "not base64url") from None
