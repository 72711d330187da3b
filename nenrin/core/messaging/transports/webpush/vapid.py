"""RFC 8292: the town signs who it is, once per push service and half day."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from .encoding import encode_base64url

VALID_SECONDS = 12 * 3600
RENEW_BEFORE = 3600


class BadVapidKey(ValueError):
    """Not a PEM private key on P-256."""


def make_vapid_key() -> str:
    """A new private key for a town, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@lru_cache(maxsize=64)
def load_vapid_key(pem: str) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (TypeError, ValueError) as error:
        raise BadVapidKey("VAPIDの秘密鍵(PEM)を読めません") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise BadVapidKey("VAPIDの秘密鍵は P-256 でなければなりません")
    return key


@lru_cache(maxsize=64)
def application_server_key(pem: str) -> str:
    """The public key a browser subscribes with."""
    public = load_vapid_key(pem).public_key()
    return encode_base64url(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


@dataclass(slots=True)
class Signer:
    """Authorization headers of all towns, each signed once per origin and kept under 12 hours."""

    clock: Callable[[], float] = time.time
    _kept: dict[tuple[str, str, str], tuple[float, str]] = field(default_factory=dict)

    def authorization(self, pem: str, origin: str, subject: str) -> str:
        """The value of the Authorization header for pushes to this origin."""
        name = (pem, origin, subject)
        now = self.clock()
        expires, value = self._kept.get(name, (0.0, ""))
        if expires - now < RENEW_BEFORE:
            expires = now + VALID_SECONDS
            token = sign_token(pem, {"aud": origin, "exp": int(expires), "sub": subject})
            value = f"vapid t={token}, k={application_server_key(pem)}"
            self._kept[name] = (expires, value)
        return value


def sign_token(pem: str, claims: dict[str, str | int]) -> str:
    """A JWT signed with ES256."""
    parts = [{"typ": "JWT", "alg": "ES256"}, claims]
    signed = ".".join(encode_base64url(json.dumps(part).encode()) for part in parts)
    signature = load_vapid_key(pem).sign(signed.encode(), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(signature)
    return f"{signed}.{encode_base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
