"""A browser's half of RFC 8291: its keys, and reading what was sealed for it."""

import json
import os
from hashlib import sha256
from hmac import digest
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from nenrin.core.messaging.transports.webpush.encoding import encode_base64url


class Browser:
    """One subscription with its private key."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)
        self._point = self._private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        self.p256dh = encode_base64url(self._point)
        self.auth = encode_base64url(self._secret)

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": self.p256dh, "auth": self.auth}

    def read(self, body: bytes) -> Any:
        """Decrypt one record and return its JSON."""
        salt, sender_point = body[:16], body[21:86]
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender_point)
        shared = self._private.exchange(ec.ECDH(), sender)
        info = b"WebPush: info\x00" + self._point + sender_point + b"\x01"
        material = digest(digest(self._secret, shared, sha256), info, sha256)
        root = digest(salt, material, sha256)
        key = digest(root, b"Content-Encoding: aes128gcm\x00\x01", sha256)[:16]
        nonce = digest(root, b"Content-Encoding: nonce\x00\x01", sha256)[:12]
        record = AESGCM(key).decrypt(nonce, body[86:], None)
        assert record.endswith(b"\x02")
        return json.loads(record[:-1])
