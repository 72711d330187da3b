"""What the device's service worker receives, cut to what a push may carry."""

import json
from typing import Any

from ..contract import Parcel, Words
from ..text import shorten
from .encryption import LARGEST_PLAINTEXT

SMALLER_LIMITS = (LARGEST_PLAINTEXT, 2000, 900)
"""Tried in turn while a push service answers 413."""


class PayloadWriter:
    """Writes the payload of one message to many; the cut words are worked out once."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._cut: dict[int, str] = {}

    def write(self, parcel: Parcel, limit: int = LARGEST_PLAINTEXT) -> bytes:
        """JSON of at most `limit` bytes; only the body is ever shortened."""
        whole = self._json(parcel, self._words.body)
        if len(whole) <= limit:
            return whole
        room = limit - len(self._json(parcel, ""))
        if room not in self._cut:
            self._cut[room] = shorten(self._words.body, room, _json_length)
        return self._json(parcel, self._cut[room])

    def _json(self, parcel: Parcel, body: str) -> bytes:
        words = self._words
        content: dict[str, Any] = {
            "id": words.message_id,
            "title": words.heading,
            "body": body,
            "severity": words.severity,
            "drill": words.is_drill,
            "url": parcel.link,
            "receipt": parcel.receipt,
            "asks_safety": words.asks_safety,
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _json_length(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode()) - 2
