"""What LINE calls back with, as its own signature proves or not."""

import base64
import hashlib
import hmac
import json
import uuid
from typing import Any

import pytest

from nenrin.core.messaging.transports.line.buttons import postback_data
from nenrin.core.messaging.transports.line.webhook import WebhookRefused, read_webhook

MESSAGE = uuid.UUID("11111111-2222-3333-4444-555555555555")
COMMON = {
    "mode": "active",
    "timestamp": 1_795_500_000_000,
    "source": {"type": "user", "userId": "U1"},
    "webhookEventId": "01",
    "deliveryContext": {"isRedelivery": False},
}


def call(*events: dict[str, Any], secret: str = "secret") -> tuple[str, str]:
    body = json.dumps({"destination": "U0", "events": [COMMON | event for event in events]})
    digest = hmac.digest(secret.encode(), body.encode(), hashlib.sha256)
    return body, base64.b64encode(digest).decode()


def press(data: str) -> dict[str, Any]:
    return {"type": "postback", "replyToken": "r", "postback": {"data": data}}


@pytest.mark.parametrize(
    ("answer", "read"), [("safe", "safe"), ("help", "help"), ("read", ""), ("", "")]
)
def test_a_press_names_its_message_and_its_user(answer: str, read: str) -> None:
    body, signature = call(press(postback_data(str(MESSAGE), answer)))
    (found,) = read_webhook(body=body, signature=signature, secret="secret").presses
    assert (found.user_id, found.message_id, found.answer) == ("U1", MESSAGE, read)
    assert found.at.timestamp() == 1_795_500_000


def test_blocking_the_account_is_told() -> None:
    body, signature = call({"type": "unfollow"})
    assert read_webhook(body=body, signature=signature, secret="secret").blocked_by == ("U1",)


def test_what_is_not_ours_is_passed_over() -> None:
    body, signature = call(press("m=1&a=safe"), press("other"), {"type": "brand-new"})
    news = read_webhook(body=body, signature=signature, secret="secret")
    assert not news.presses and not news.blocked_by


def test_a_wrong_signature_and_a_broken_body_are_refused() -> None:
    body, signature = call(press("m=1"), secret="other")
    with pytest.raises(WebhookRefused, match="署名"):
        read_webhook(body=body, signature=signature, secret="secret")
    signed = base64.b64encode(hmac.digest(b"secret", b"[]", hashlib.sha256)).decode()
    with pytest.raises(WebhookRefused, match="読めません"):
        read_webhook(body="[]", signature=signed, secret="secret")
