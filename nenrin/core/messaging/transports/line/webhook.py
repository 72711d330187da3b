"""What LINE reports of its users: presses of our buttons, and accounts that blocked the town.

Signed with the channel secret: base64 of HMAC-SHA-256 over the body (Messaging API reference,
"Signature validation"). Comes at least once, in any order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.webhook import WebhookParser
from linebot.v3.webhooks import PostbackEvent, UnfollowEvent

from .buttons import READ, read_postback


class WebhookRefused(Exception):
    """Not from LINE, or not readable; nothing of it may be used."""


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
    """Read a webhook call. Raises WebhookRefused for a wrong signature or an unreadable body."""
    try:
        events = WebhookParser(secret).parse(body, signature)
    except InvalidSignatureError as error:
        raise WebhookRefused("署名が合いません。") from error
    except (ValueError, KeyError, TypeError) as error:
        raise WebhookRefused("LINEの知らせとして読めません。") from error
    presses = [press for event in events for press in _presses(event)]
    blocked = [event.source.user_id for event in events if isinstance(event, UnfollowEvent)]
    return LineNews(tuple(presses), tuple(user for user in blocked if user))


def _presses(event: object) -> Iterator[Press]:
    if not isinstance(event, PostbackEvent):
        return
    message_id, answer = read_postback(event.postback.data)
    user_id = getattr(event.source, "user_id", None)
    try:
        message = UUID(message_id)
    except ValueError:
        return
    if user_id:
        at = datetime.fromtimestamp(event.timestamp / 1000, UTC)
        yield Press(user_id, message, "" if answer == READ else answer, at)
