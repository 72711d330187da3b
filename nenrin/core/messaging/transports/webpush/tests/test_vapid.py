"""The town's signature: right claims, signed once per origin, renewed in time."""

import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pydantic import ValidationError

from nenrin.core.messaging.transports.webpush.encoding import decode_base64url
from nenrin.core.messaging.transports.webpush.options import WebPushOptions
from nenrin.core.messaging.transports.webpush.vapid import (
    Signer,
    application_server_key,
    make_vapid_key,
)

ORIGIN = "https://fcm.googleapis.com"
SUBJECT = "mailto:info@town.kaneyama.example"


def test_the_token_is_signed_by_the_key_it_names() -> None:
    pem = make_vapid_key()
    value = Signer(clock=lambda: 1000.0).authorization(pem, ORIGIN, SUBJECT)
    scheme, token, public = value.replace("t=", "").replace("k=", "").replace(",", "").split()
    head, claims, signature = token.split(".")
    assert scheme == "vapid"
    assert public == application_server_key(pem)
    assert json.loads(decode_base64url(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(decode_base64url(claims)) == {
        "aud": ORIGIN,
        "exp": 1000 + 12 * 3600,
        "sub": SUBJECT,
    }
    raw = decode_base64url(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode_base64url(public))
    key.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))


def test_a_token_is_kept_until_it_is_nearly_over() -> None:
    now = [0.0]
    signer, pem = Signer(clock=lambda: now[0]), make_vapid_key()
    first = signer.authorization(pem, ORIGIN, SUBJECT)
    now[0] = 10 * 3600
    assert signer.authorization(pem, ORIGIN, SUBJECT) == first
    now[0] = 11.5 * 3600
    assert signer.authorization(pem, ORIGIN, SUBJECT) != first


def test_towns_and_origins_have_tokens_of_their_own() -> None:
    signer, pem = Signer(), make_vapid_key()
    values = {
        signer.authorization(pem, ORIGIN, SUBJECT),
        signer.authorization(pem, "https://web.push.apple.com", SUBJECT),
        signer.authorization(make_vapid_key(), ORIGIN, SUBJECT),
    }
    assert len(values) == 3


def test_options_refuse_what_is_no_key() -> None:
    with pytest.raises(ValidationError, match="VAPID"):
        WebPushOptions(vapid_private_key="何か")
