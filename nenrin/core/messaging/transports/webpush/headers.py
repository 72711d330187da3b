"""The headers of a push (RFC 8030): how long, how urgent, and which older push it replaces."""

import math
from datetime import datetime
from hashlib import sha256

from ..contract import Words
from .encoding import encode_base64url

FOUR_WEEKS = 28 * 24 * 3600
URGENT_FROM = 2


def message_headers(words: Words, now: datetime) -> list[str]:
    """Headers that every push of this message shares."""
    left = math.ceil((words.expires_at - now).total_seconds())
    return [
        f"TTL: {min(max(left, 0), FOUR_WEEKS)}",
        f"Urgency: {urgency(words)}",
        f"Topic: {topic(words.message_id)}",
        "Content-Encoding: aes128gcm",
        "Content-Type: application/octet-stream",
        "Expect:",
    ]


def urgency(words: Words) -> str:
    """`high` wakes a phone that saves its battery; everyday news does not."""
    return "high" if words.severity >= URGENT_FROM or words.asks_safety else "normal"


def topic(message_id: str) -> str:
    """A second push of one message replaces the first while the phone is off; 24 characters."""
    return encode_base64url(sha256(message_id.encode()).digest()[:18])
