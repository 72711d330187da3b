"""The key with which this installation proves itself to the card service (ES256)."""

import os
import tempfile
from contextlib import suppress
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
    if not path.exists():
        _make(path)
    return path.read_text()


def _make(path: Path) -> None:
    """Put a key in place whole; of several servers that start at once, the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, half = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(descriptor, "wb") as file:
        file.write(ECKey.generate_key("P-256").as_pem(private=True))
    with suppress(FileExistsError):
        os.link(half, path)
    Path(half).unlink()
