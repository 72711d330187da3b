"""RFC 8291 / RFC 8188 aes128gcm: one record, one key per message.

Making the key (ECDH, HKDF) and sealing the words are apart, so that keys may be made in advance
and kept: a SealingKey holds what a stored single-use pre-key would, never the private key. It
seals ONE plaintext: a second one under the same key and nonce breaks AES-GCM.
"""

import os
import struct
from dataclasses import dataclass
from hashlib import sha256
from hmac import digest

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from .encoding import decode_base64url

CURVE = ec.SECP256R1()
RECORD_SIZE = 4096
OVERHEAD = 86 + 1 + 16
LARGEST_PLAINTEXT = RECORD_SIZE - OVERHEAD
"""A push service must take 4,096 bytes of body: header, delimiter and tag are ours."""


class BadSubscription(ValueError):
    """The browser's keys are not a P-256 point and a 16-byte secret."""


class PushTooLarge(ValueError):
    """More than one record holds."""


@dataclass(frozen=True, slots=True)
class SealingKey:
    """Header (86 bytes), content key (16) and nonce (12) for exactly one message."""

    header: bytes
    key: bytes
    nonce: bytes


def make_sealing_key(
    p256dh: str,
    auth: str,
    *,
    private_key: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> SealingKey:
    """Make the key for one message to one subscription; key pair and salt are fresh by default."""
    receiver, receiver_bytes, secret = _subscription(p256dh, auth)
    sender = private_key or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    sender_bytes = sender.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = sender.exchange(ec.ECDH(), receiver)
    info = b"WebPush: info\x00" + receiver_bytes + sender_bytes
    material = _hkdf(secret, shared, info, 32)
    extracted = digest(salt, material, sha256)
    return SealingKey(
        header=salt + struct.pack(">IB", RECORD_SIZE, len(sender_bytes)) + sender_bytes,
        key=_expand(extracted, b"Content-Encoding: aes128gcm\x00", 16),
        nonce=_expand(extracted, b"Content-Encoding: nonce\x00", 12),
    )


def seal(key: SealingKey, plaintext: bytes) -> bytes:
    """The body of the push; PushTooLarge where it would not fit one record."""
    if len(plaintext) > LARGEST_PLAINTEXT:
        raise PushTooLarge(f"a push carries at most {LARGEST_PLAINTEXT} bytes")
    return key.header + AESGCM(key.key).encrypt(key.nonce, plaintext + b"\x02", None)


def _subscription(p256dh: str, auth: str) -> tuple[ec.EllipticCurvePublicKey, bytes, bytes]:
    try:
        point = decode_base64url(p256dh)
        secret = decode_base64url(auth)
        receiver = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    except (TypeError, ValueError) as error:
        raise BadSubscription("the keys of the subscription are malformed") from error
    if len(secret) != 16 or len(point) != 65:
        raise BadSubscription("the keys of the subscription have the wrong length")
    return receiver, point, secret


def _hkdf(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    return _expand(digest(salt, material, sha256), info, length)


def _expand(extracted: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand for up to one block, all that RFC 8291 needs."""
    return digest(extracted, info + b"\x01", sha256)[:length]
