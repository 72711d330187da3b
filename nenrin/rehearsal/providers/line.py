"""LINE Messaging API: push and multicast, with retry keys, as LINE documents them."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

from nenrin.rehearsal.devices import Devices
from nenrin.rehearsal.journal import Journal
from nenrin.rehearsal.messages import read_text
from nenrin.rehearsal.providers.http import Refusal, Reply, Request, json_object, json_reply
from nenrin.rehearsal.providers.line_presses import postbacks

PUSH = "/line/v2/bot/message/push"
MULTICAST = "/line/v2/bot/message/multicast"
MOST_RECIPIENTS = 500
MOST_MESSAGES = 5
LONGEST_TEXT = 5000
USER_ID = re.compile(r"U[0-9a-f]{32}")
TYPES = (
    "text", "textV2", "sticker", "image", "video", "audio",
    "location", "imagemap", "template", "flex",
)  # fmt: skip


class LineService:
    """One channel of an official account."""

    def __init__(self, token: str, devices: Devices, journal: Journal) -> None:
        self._authorization = f"Bearer {token}".encode()
        self._devices = devices
        self._journal = journal
        self._accepted: dict[uuid.UUID, bytes] = {}

    def handle(self, request: Request) -> Reply:
        """Send to the named users; raises Refusal in LINE's own words."""
        request_id = str(uuid.uuid4()).encode()
        try:
            return self._send(request, request_id)
        except Refusal as refusal:
            reply = refusal.reply
            headers = (*reply.headers, (b"x-line-request-id", request_id))
            raise Refusal(reply._replace(headers=headers)) from None

    def _send(self, request: Request, request_id: bytes) -> Reply:
        if request.method != "POST":
            raise Refusal(json_reply(405, {"message": "Method Not Allowed"}))
        if request.headers.get(b"authorization") != self._authorization:
            raise Refusal(json_reply(401, {"message": _AUTHENTICATION_FAILED}))
        retry_key = self._retry_key(request)
        content = _content(request)
        recipients = _recipients(content.get("to"), many=request.path == MULTICAST)
        arrival = read_text("\n".join(_checked_words(content.get("messages"))))
        if retry_key is not None:
            self._accepted[retry_key] = request_id
        self._journal["line"].accepted += 1
        buttons = postbacks(content["messages"])
        for user_id in recipients:
            if buttons:
                self._devices.receive_buttons(user_id, arrival, buttons)
            else:
                self._devices.receive("line", user_id, arrival)
        answer = _answer(request, len(content["messages"]))
        return json_reply(200, answer, (b"x-line-request-id", request_id))

    def _retry_key(self, request: Request) -> uuid.UUID | None:
        """Return the key of a first try; raises Refusal 409 for one that was accepted before."""
        text = request.text(b"x-line-retry-key")
        if not text:
            return None
        try:
            key = uuid.UUID(text)
        except ValueError:
            raise _bad("Invalid retry key") from None
        accepted = self._accepted.get(key)
        if accepted is not None:
            self._journal["line"].repeated += 1
            header = (b"x-line-accepted-request-id", accepted)
            message = {"message": "The retry key is already accepted"}
            raise Refusal(json_reply(409, message, header))
        return key


_AUTHENTICATION_FAILED = (
    "Authentication failed. Confirm that the access token in the authorization header is valid."
)


def _content(request: Request) -> dict[str, Any]:
    if not request.text(b"content-type").startswith("application/json"):
        raise Refusal(json_reply(415, {"message": "The content type is not supported"}))
    try:
        return json_object(request)
    except ValueError:
        raise _bad("The request body could not be parsed as JSON (line: -, column: -)") from None


def _recipients(to: object, *, many: bool) -> list[str]:
    if not many:
        if not isinstance(to, str) or not USER_ID.fullmatch(to):
            raise _invalid_property("to")
        return [to]
    if not isinstance(to, list) or not 1 <= len(to) <= MOST_RECIPIENTS:
        raise _details([("to", f"Size must be between 1 and {MOST_RECIPIENTS}")])
    for index, user_id in enumerate(to):
        if not isinstance(user_id, str) or not USER_ID.fullmatch(user_id):
            raise _invalid_property(f"to[{index}]")
    return list(dict.fromkeys(to))


def _checked_words(messages: object) -> list[str]:
    """Return every string that a reader could see; raises Refusal with LINE's details."""
    if not isinstance(messages, list) or not 1 <= len(messages) <= MOST_MESSAGES:
        raise _details([("messages", f"Size must be between 1 and {MOST_MESSAGES}")])
    faults = [
        (f"messages[{index}].{name}", reason)
        for index, message in enumerate(messages)
        for name, reason in _message_faults(message)
    ]
    if faults:
        raise _details(faults)
    return list(_strings(messages))


def _message_faults(message: object) -> Iterator[tuple[str, str]]:
    kind = message.get("type") if isinstance(message, dict) else None
    if not isinstance(message, dict) or kind not in TYPES:
        yield "type", f"Must be one of the following values: [{', '.join(TYPES)}]"
        return
    if kind not in ("text", "textV2"):
        return
    text = message.get("text")
    if not isinstance(text, str) or not text:
        yield "text", "May not be empty"
    elif len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
        yield "text", f"Length must be between 0 and {LONGEST_TEXT}"


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _answer(request: Request, messages: int) -> dict[str, Any]:
    if request.path == MULTICAST:
        return {}
    sent = [
        {"id": str(uuid.uuid4().int % 10**18), "quoteToken": uuid.uuid4().hex}
        for _ in range(messages)
    ]
    return {"sentMessages": sent}


def _bad(message: str) -> Refusal:
    return Refusal(json_reply(400, {"message": message}))


def _invalid_property(name: str) -> Refusal:
    return _bad(f"The property, '{name}', in the request body is invalid (line: -, column: -)")


def _details(faults: list[tuple[str, str]]) -> Refusal:
    content = {
        "message": f"The request body has {len(faults)} error(s)",
        "details": [{"message": reason, "property": name} for name, reason in faults],
    }
    return Refusal(json_reply(400, content))
