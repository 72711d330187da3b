"""The key with which this installation proves itself to the card service (ES256)."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from joserfc.jwk import ECKey

ALGORITHM = "ES256"
FILE = "card-key.pem"


def client_key() -> ECKey:
    """The key of NENRIN_CARD_KEY, else the one in the state folder, made there once."""
    installation = settings.NENRIN
    return _load(installation.card_key or _read_or_make(Path(installation.state_dir)))


def public_keys() -> dict[str, Any]:
    """What the card service is given of it: a JWK set with the public half alone."""
    key = client_key()
    public = dict(key.as_dict(private=False))
    return {"keys": [public | {"kid": key.thumbprint(), "use": "sig", "alg": ALGORITHM}]}


@lru_cache(maxsize=8)
def _load(pem: str) -> ECKey:
    return ECKey.import_key(pem)


def _read_or_make(folder: Path) -> str:
    path = folder / FILE
    folder.mkdir(parents=True, exist_ok=True)
    made = ECKey.generate_key("P-256").as_pem(private=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "wb") as file:
        file.write(made)
    return made.decode()
