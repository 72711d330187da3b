"""Opens web push messages as a browser does (RFC 8291 over RFC 8188)."""

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from nenrin.rehearsal.keys import DeviceKeys

SALT = 16
HEADER = SALT + 4 + 1
POINT = 65
TAG = 16
LAST_RECORD = 2


class CannotOpen(ValueError):
    """The message is not for this device, or not whole, or not of the agreed form."""


def unseal(keys: DeviceKeys, body: bytes) -> bytes:
    """Return the plaintext of a one-record message; raises CannotOpen."""
    salt, sender, record = _split(body)
    secret = _input_key(keys, sender)
    prk = hmac.digest(salt, secret, hashlib.sha256)
    key = _expand(prk, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _expand(prk, b"Content-Encoding: nonce\0", 12)
    try:
        padded = AESGCM(key).decrypt(nonce, record, None)
    except InvalidTag:
        raise CannotOpen("sealed with another key, or changed on the way") from None
    plaintext = padded.rstrip(b"\0")
    if not plaintext or plaintext[-1] != LAST_RECORD:
        raise CannotOpen("the padding does not end the message")
    return plaintext[:-1]


def _split(body: bytes) -> tuple[bytes, bytes, bytes]:
    """Return salt, sender's public key and the single record."""
    if len(body) < HEADER + POINT + TAG + 1 or body[HEADER - 1] != POINT:
        raise CannotOpen("the header is not that of RFC 8291")
    record_size = int.from_bytes(body[SALT : SALT + 4], "big")
    record = body[HEADER + POINT :]
    if record_size < TAG + 2 or len(record) > record_size:
        raise CannotOpen("a push message is one record")
    return body[:SALT], body[HEADER : HEADER + POINT], record


def _input_key(keys: DeviceKeys, sender: bytes) -> bytes:
    try:
        sender_key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    except ValueError:
        raise CannotOpen("the sender's key is not a point of P-256") from None
    shared = keys.private_key.exchange(ec.ECDH(), sender_key)
    prk = hmac.digest(keys.auth, shared, hashlib.sha256)
    return _expand(prk, b"WebPush: info\0" + keys.p256dh + sender, 32)


def _expand(prk: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand for at most one block (RFC 5869)."""
    return hmac.digest(prk, info + b"\x01", hashlib.sha256)[:length]
