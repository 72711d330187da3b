"""Short codes that are told at the counter or typed on a phone, and links that ask for a face."""

import hashlib
import hmac
import secrets
import unicodedata

from django.conf import settings
from django.core import signing

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, PART = 8, 4
SALT = "counter.visit"


def new_code() -> str:
    """Eight letters, about 39 bits: tries are limited, and it works for thirty days."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_from(purpose: str, key: str) -> str:
    """The code of a page with this key: the same for every tap on it, guessed by nobody."""
    secret = settings.SECRET_KEY.encode()
    number = int.from_bytes(hmac.digest(secret, f"code:{purpose}:{key}".encode(), hashlib.sha256))
    letters = []
    for _ in range(LENGTH):
        number, at = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at])
    return "".join(letters)


def shown_code(code: str) -> str:
    """As it is written down: ABCD-EFGH."""
    return "-".join(code[at : at + PART] for at in range(0, LENGTH, PART))


def typed_code(typed: str) -> str:
    """The letters of a code however it was typed; a scanned address ends with them."""
    last = unicodedata.normalize("NFKC", typed).strip().rstrip("/").rpartition("/")[2]
    return "".join(letter for letter in last.upper() if letter.isascii() and letter.isalnum())


def hash_of_code(purpose: str, typed: str) -> str:
    """What is stored of a code."""
    key = settings.SECRET_KEY.encode()
    plain = f"counter:{purpose}:{typed_code(typed)}"
    return hmac.digest(key, plain.encode(), hashlib.sha256).hex()


def face_token(town: str, kind: str, key: str) -> str:
    """The word in the link that asks for a face after a visit."""
    return signing.dumps([town, kind, key], salt=SALT, compress=True)


def read_face_token(token: str) -> tuple[str, str, str]:
    """Town, kind of visit and its key. Raises signing.BadSignature."""
    town, kind, key = signing.loads(token, salt=SALT)
    return str(town), str(kind), str(key)
