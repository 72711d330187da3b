"""What the device's service worker receives, cut to what a push may carry."""

import json
from json.encoder import encode_basestring_ascii
from typing import Any, NamedTuple

from ..contract import Parcel, Words
from ..text import shorten
from .encryption import LARGEST_PLAINTEXT

SMALLER_LIMITS = (LARGEST_PLAINTEXT, 2000, 900)
"""Tried in turn while a push service answers 413."""


class PayloadWriter:
    """Writes the payload of one message to many: all but the links is written once."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._whole = _frame(words, words.body)
        self._cut: dict[int, Frame] = {}

    def write(self, parcel: Parcel, limit: int = LARGEST_PLAINTEXT) -> bytes:
        """JSON of at most `limit` bytes; only the body is ever shortened."""
        links = _link(parcel.link), _link(parcel.receipt)
        whole = self._whole.around(*links)
        return whole if len(whole) <= limit else self._shorter(limit, *links)

    def _shorter(self, limit: int, url: bytes, receipt: bytes) -> bytes:
        room = limit - len(_frame(self._words, "").around(url, receipt))
        if room not in self._cut:
            self._cut[room] = _frame(self._words, shorten(self._words.body, room, _json_length))
        return self._cut[room].around(url, receipt)


class Frame(NamedTuple):
    """The payload without its two links."""

    before: bytes
    between: bytes
    after: bytes

    def around(self, url: bytes, receipt: bytes) -> bytes:
        return b"".join((self.before, url, self.between, receipt, self.after))


def _frame(words: Words, body: str) -> Frame:
    content: dict[str, Any] = {
        "id": words.message_id,
        "title": words.heading,
        "body": body,
        "severity": words.severity,
        "drill": words.is_drill,
        "asks_safety": words.asks_safety,
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Frame(text[:-1] + b',"url":', b',"receipt":', b"}")


def _link(address: str) -> bytes:
    return encode_basestring_ascii(address).encode()


def _json_length(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode()) - 2
