"""Sealing what somebody prepared at home: no copy of the database alone can be read.

A key of its own for every preparation, drawn from the installation's secret (HKDF, RFC 5869).
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(owner: UUID, content: Mapping[str, Any]) -> str:
    """The content as a token that names nobody."""
    return _box(owner).encrypt(json.dumps(content, ensure_ascii=False).encode()).decode()


def unseal(owner: UUID, token: str) -> dict[str, Any]:
    """What was sealed; empty where it was erased, or another secret sealed it."""
    if not token:
        return {}
    try:
        return dict(json.loads(_box(owner).decrypt(token.encode())))
    except InvalidToken:
        return {}


def _box(owner: UUID) -> Fernet:
    draw = HKDF(SHA256(), 32, salt=owner.bytes, info=b"nenrin counter preparation")
    return Fernet(urlsafe_b64encode(draw.derive(settings.SECRET_KEY.encode())))
