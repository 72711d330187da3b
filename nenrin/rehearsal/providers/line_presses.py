"""Presses of LINE's buttons: signed webhook calls, as LINE documents them."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Iterator
from typing import Any

from nenrin.rehearsal.residents import Answer

HELP_WORD = "助け"
SAFE_WORD = "無事"
BOT = "U" + "0" * 32


def postbacks(messages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Label and data of every postback button that stands under the messages."""
    return [
        (str(action.get("label", "")), str(action["data"]))
        for message in messages
        for action in _actions(message)
        if isinstance(action, dict) and action.get("type") == "postback" and action.get("data")
    ]


def _actions(message: dict[str, Any]) -> Iterator[Any]:
    template, quick = message.get("template"), message.get("quickReply")
    if isinstance(template, dict):
        yield from template.get("actions") or []
    if isinstance(quick, dict):
        yield from (item.get("action") for item in quick.get("items") or [])


def chosen(buttons: list[tuple[str, str]], answer: Answer | None) -> str:
    """Data of the button that someone with this answer presses."""
    word = HELP_WORD if answer == "help" else SAFE_WORD
    return next((data for label, data in buttons if word in label), buttons[0][1])


def signed_press(secret: str, user_id: str, data: str) -> tuple[str, str]:
    """Body of the webhook call for one press, and its X-Line-Signature."""
    event = {
        "type": "postback",
        "mode": "active",
        "timestamp": int(time.time() * 1000),
        "source": {"type": "user", "userId": user_id},
        "webhookEventId": uuid.uuid4().hex,
        "deliveryContext": {"isRedelivery": False},
        "replyToken": uuid.uuid4().hex,
        "postback": {"data": data},
    }
    body = json.dumps({"destination": BOT, "events": [event]})
    digest = hmac.digest(secret.encode(), body.encode(), hashlib.sha256)
    return body, base64.b64encode(digest).decode()
