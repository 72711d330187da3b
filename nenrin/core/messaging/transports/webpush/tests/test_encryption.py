"""RFC 8291 Appendix A to the byte, and what the browser would read."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from nenrin.core.messaging.transports.webpush.encoding import decode_base64url, encode_base64url
from nenrin.core.messaging.transports.webpush.encryption import (
    LARGEST_PLAINTEXT,
    BadSubscription,
    PushTooLarge,
    make_sealing_key,
    seal,
)
from nenrin.core.messaging.transports.webpush.tests.browser import Browser

PLAINTEXT = decode_base64url("V2hlbiBJIGdyb3cgdXAsIEkgd2FudCB0byBiZSBhIHdhdGVybWVsb24")
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = decode_base64url("DGv6ra1nlYgDCS1FRnbzlw")
SENDER = int.from_bytes(decode_base64url("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
KEY = "oIhVW04MRdy2XN9CiKLxTg"
NONCE = "4h_95klXJ5E_qnoN"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_rfc_8291_comes_out_exactly() -> None:
    private_key = ec.derive_private_key(SENDER, ec.SECP256R1())
    sealing = make_sealing_key(P256DH, AUTH, private_key=private_key, salt=SALT)
    assert encode_base64url(sealing.key) == KEY
    assert encode_base64url(sealing.nonce) == NONCE
    assert encode_base64url(seal(sealing, PLAINTEXT)) == BODY


def test_the_browser_reads_what_was_sealed() -> None:
    browser = Browser()
    content = {"title": "避難指示"}
    body = seal(make_sealing_key(browser.p256dh, browser.auth), json.dumps(content).encode())
    assert browser.read(body) == content


def test_every_message_has_its_own_key_and_salt() -> None:
    browser = Browser()
    made = [make_sealing_key(browser.p256dh, browser.auth) for _ in range(50)]
    assert len({one.header[:16] for one in made}) == 50
    assert len({one.header[21:] for one in made}) == 50
    assert len({(one.key, one.nonce) for one in made}) == 50


def test_the_largest_push_is_4096_bytes() -> None:
    browser = Browser()
    sealing = make_sealing_key(browser.p256dh, browser.auth)
    assert len(seal(sealing, bytes(LARGEST_PLAINTEXT))) == 4096
    with pytest.raises(PushTooLarge):
        seal(sealing, bytes(LARGEST_PLAINTEXT + 1))


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [("", ""), ("not a key", AUTH), (P256DH[:-4], AUTH), (P256DH, "AAAA"), ("B" + "A" * 86, AUTH)],
)
def test_malformed_keys_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(BadSubscription):
        make_sealing_key(p256dh, auth)
