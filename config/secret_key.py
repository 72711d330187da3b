"""The secret that signs sessions and receipts, made once where the environment gives none."""

import os
import secrets
from pathlib import Path


def read_or_make_secret_key(state_dir: Path) -> str:
    """Return the key in ``state_dir/secret-key``; make it (mode 600) when it is missing."""
    path = state_dir / "secret-key"
    state_dir.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
