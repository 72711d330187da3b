"""What LINE reports of its users: presses of our buttons, and accounts that blocked the town.

Signed with the channel secret: base64 of HMAC-SHA-256 over the body (Messaging API reference,
"Signature validation"). Comes at least once, in any order.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from pydantic import BaseModel, Field, ValidationError

from .buttons import READ, read_postback


class WebhookRefused(Exception):
    """Not from LINE, or not readable; nothing of it may be used."""


class Source(BaseModel):
    """Who caused an event; a group has no user."""

    user_id: str = Field("", alias="userId")


class Postback(BaseModel):
    """What a pressed button carries."""

    data: str = ""


class Event(BaseModel):
    """The parts of a webhook event that concern a town; of kinds yet unknown, only their type."""

    type: str
    timestamp: int = 0
    source: Source = Source()
    postback: Postback = Postback()


class Call(BaseModel):
    """The body of a webhook call."""

    events: list[Event]


@dataclass(frozen=True, slots=True)
class Press:
    """A user pressed a button of a message; ``answer`` is empty for a plain confirmation."""

    user_id: str
    message_id: UUID
    answer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LineNews:
    """What one webhook call told."""

    presses: tuple[Press, ...]
    blocked_by: tuple[str, ...]


def read_webhook(*, body: str, signature: str, secret: str) -> LineNews:
    """Read a webhook call. Raises WebhookRefused for a wrong signature or an unreadable body.

    The SDK's own parser would load its hundreds of classes into every web process.
    """
    digest = base64.b64encode(hmac.digest(secret.encode(), body.encode(), hashlib.sha256))
    if not hmac.compare_digest(digest, signature.encode()):
        raise WebhookRefused("署名が合いません。")
    try:
        events = Call.model_validate_json(body).events
    except ValidationError as error:
        raise WebhookRefused("LINEの知らせとして読めません。") from error
    presses = [press for event in events for press in _presses(event)]
    blocked = [event.source.user_id for event in events if event.type == "unfollow"]
    return LineNews(tuple(presses), tuple(user for user in blocked if user))


def _presses(event: Event) -> Iterator[Press]:
    message_id, answer = read_postback(event.postback.data)
    if event.type != "postback" or not event.source.user_id:
        return
    try:
        message = UUID(message_id)
    except ValueError:
        return
    at = datetime.fromtimestamp(event.timestamp / 1000, UTC)
    yield Press(event.source.user_id, message, "" if answer == READ else answer, at)
