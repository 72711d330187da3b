"""The chain's arithmetic, small enough for a stranger to repeat."""

import hashlib
import json
from typing import Any

FIRST = "0" * 64


def entry_hash(previous_hash: str, content: dict[str, Any]) -> str:
    """SHA-256 (hex) of the previous hash, a line feed, and the content as canonical JSON.

    Canonical: sorted keys, no spaces, UTF-8 text as it is.
    """
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous_hash}\n{text}".encode()).hexdigest()
