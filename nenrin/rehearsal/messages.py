"""What a device can learn from a message as it arrived."""

import hashlib
import json
import re
from typing import NamedTuple

PAGE_URL = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+/m/[A-Za-z0-9_.~=-]*[A-Za-z0-9_~=-]")
SAFETY_WORD = "無事"


class Unreadable(ValueError):
    """The bytes are not a message of the agreed form."""


class Arrival(NamedTuple):
    """A message on a device: its id, where to report, whether it asks for safety."""

    message_id: str
    receipt_url: str | None
    asks_safety: bool


def read_json(data: bytes | str) -> Arrival:
    """Read the JSON that push and tablets carry; raises Unreadable."""
    try:
        message = json.loads(data)
    except ValueError as error:
        raise Unreadable(f"not JSON: {error}") from None
    if not isinstance(message, dict):
        raise Unreadable("not a JSON object")
    message_id, receipt = message.get("id"), message.get("receipt")
    if not isinstance(message_id, str) or not message_id:
        raise Unreadable("no id")
    if receipt is not None and not isinstance(receipt, str):
        raise Unreadable("receipt is not a URL")
    return Arrival(message_id, receipt, message.get("asks_safety") is True)


def read_text(text: str) -> Arrival:
    """Read words meant for people: the page's URL leads to its receipt URL.

    Without a URL the words themselves are the id, and nobody can report.
    """
    found = PAGE_URL.search(text)
    asks_safety = SAFETY_WORD in text
    if found is None:
        return Arrival(hashlib.sha256(text.encode()).hexdigest()[:32], None, asks_safety)
    page, _, token = found.group().rpartition("/m/")
    return Arrival(token, f"{page}/r/{token}", asks_safety)
