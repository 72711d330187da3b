"""Keys of made-up devices, worked out anew from the seed whenever they are needed."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from nenrin.rehearsal.certificates import CertificatePaths, ensure_certificates

__all__ = ["CertificatePaths", "DeviceKeys", "device_keys", "ensure_certificates"]

# Order of P-256 (FIPS 186): private keys lie in 1 … order - 1.
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """What a browser makes when it subscribes (RFC 8291 §2), base64url without padding."""

    private_key: ec.EllipticCurvePrivateKey
    p256dh_b64: str
    auth_b64: str

    @property
    def p256dh(self) -> bytes:
        """The public key as an uncompressed point of 65 bytes."""
        return _unbase64url(self.p256dh_b64)

    @property
    def auth(self) -> bytes:
        """The authentication secret of 16 bytes."""
        return _unbase64url(self.auth_b64)


def device_keys(seed: bytes, device_id: str) -> DeviceKeys:
    """The same seed and id always give the same keys, so nothing is stored."""
    wide = hmac.digest(seed, b"p256dh\0" + device_id.encode(), hashlib.sha512)
    private_key = ec.derive_private_key(
        int.from_bytes(wide, "big") % (P256_ORDER - 1) + 1, ec.SECP256R1()
    )
    point = private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    auth = hmac.digest(seed, b"auth\0" + device_id.encode(), hashlib.sha256)[:16]
    return DeviceKeys(private_key, _base64url(point), _base64url(auth))


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unbase64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
