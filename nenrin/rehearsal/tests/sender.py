"""What an application server does to send a web push."""

import base64
import hmac
import json
import os
import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from nenrin.rehearsal.keys import DeviceKeys

KEY = ec.generate_private_key(ec.SECP256R1())


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def vapid(
    audience: str,
    *,
    exp: object = None,
    alg: str = "ES256",
    signer: ec.EllipticCurvePrivateKey = KEY,
) -> str:
    claims = {"aud": audience, "exp": int(time.time()) + 3600 if exp is None else exp}
    parts: list[dict[str, Any]] = [{"typ": "JWT", "alg": alg}, claims]
    signed = ".".join(base64url(json.dumps(part).encode()) for part in parts)
    r, s = decode_dss_signature(signer.sign(signed.encode(), ec.ECDSA(SHA256())))
    signature = base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={base64url(point(KEY))}"


def seal(keys: DeviceKeys, plaintext: bytes, padding: bytes = b"\x02") -> bytes:
    sender, salt = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
    shared = sender.exchange(ec.ECDH(), keys.private_key.public_key())
    secret = _hmac(keys.auth, shared)
    secret = _hmac(secret, b"WebPush: info\0" + keys.p256dh + point(sender) + b"\x01")
    prk = _hmac(salt, secret)
    key = _hmac(prk, b"Content-Encoding: aes128gcm\0\x01")[:16]
    nonce = _hmac(prk, b"Content-Encoding: nonce\0\x01")[:12]
    record = AESGCM(key).encrypt(nonce, plaintext + padding, None)
    return salt + (4096).to_bytes(4, "big") + b"\x41" + point(sender) + record


def push_headers(origin: str, **changes: str | None) -> dict[str, str]:
    headers: dict[str, str | None] = {
        "authorization": vapid(origin),
        "ttl": "3600",
        "content-encoding": "aes128gcm",
        "urgency": "high",
        "topic": "alert-1",
        **{name.replace("_", "-"): value for name, value in changes.items()},
    }
    return {name: value for name, value in headers.items() if value is not None}


def message(message_id: str, receipt: str | None, *, asks_safety: bool = False) -> bytes:
    content = {
        "id": message_id,
        "title": "避難指示",
        "body": "逃げてください",
        "severity": 4,
        "drill": True,
        "url": "http://localhost:8000/m/x",
        "receipt": receipt,
        "asks_safety": asks_safety,
    }
    return json.dumps(content, ensure_ascii=False).encode()


def _hmac(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, "sha256")
