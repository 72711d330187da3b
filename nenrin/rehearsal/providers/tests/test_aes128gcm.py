import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from nenrin.rehearsal.keys import DeviceKeys, device_keys
from nenrin.rehearsal.providers.aes128gcm import CannotOpen, unseal
from nenrin.rehearsal.tests.sender import seal

# The example of RFC 8291, section 5 and appendix A.
PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAm"
    "S6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_"
    "Qulcy4a-fN"
)


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_example_of_the_rfc_opens() -> None:
    private = ec.derive_private_key(int.from_bytes(_decode(PRIVATE), "big"), ec.SECP256R1())
    keys = DeviceKeys(private, PUBLIC, AUTH)
    assert unseal(keys, _decode(BODY)) == b"When I grow up, I want to be a watermelon"


def test_padding_is_taken_off() -> None:
    keys = device_keys(b"seed", "phone")
    assert unseal(keys, seal(keys, b"words", b"\x02" + bytes(100))) == b"words"


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body[:-1],
        lambda body: body[:-1] + bytes([body[-1] ^ 1]),
        lambda body: body[:40],
        lambda body: b"",
        lambda body: body[:20] + b"\x40" + body[21:],
        lambda body: body[:16] + bytes(4) + body[20:],
        lambda body: body[:22] + bytes(64) + body[86:],
    ],
)
def test_what_was_changed_does_not_open(change: object) -> None:
    keys = device_keys(b"seed", "phone")
    assert callable(change)
    with pytest.raises(CannotOpen):
        unseal(keys, change(seal(keys, b"words")))


def test_a_record_that_is_not_the_last_does_not_open() -> None:
    keys = device_keys(b"seed", "phone")
    with pytest.raises(CannotOpen):
        unseal(keys, seal(keys, b"words", b"\x01"))
