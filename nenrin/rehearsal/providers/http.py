"""A request as the providers see it, and their reply, over ASGI."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, NamedTuple

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LARGEST_BODY = 4 * 1024 * 1024
JSON_TYPE = (b"content-type", b"application/json")


class Request(NamedTuple):
    """A whole request; header names are in lower case."""

    method: str
    path: str
    headers: dict[bytes, bytes]
    body: bytes

    def text(self, name: bytes) -> str:
        """A header's value, empty when it is absent."""
        return self.headers.get(name, b"").decode("latin-1")


class Reply(NamedTuple):
    """Status, headers and body to answer with."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""


Handler = Callable[[Request], Reply]


class Refusal(Exception):
    """A request that the provider turns down with this reply."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def json_reply(status: int, content: object, *headers: tuple[bytes, bytes]) -> Reply:
    """A reply that carries JSON."""
    body = json.dumps(content, ensure_ascii=False).encode()
    return Reply(status, (JSON_TYPE, *headers), body)


def json_object(request: Request) -> dict[str, Any]:
    """The request's body as a JSON object; raises ValueError."""
    content = json.loads(request.body)
    if not isinstance(content, dict):
        raise ValueError("the body must be a JSON object")
    return content


async def read_request(scope: Scope, receive: Receive) -> Request:
    """Collect the whole body; one that is far too large is cut, so that it cannot be accepted."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body", False) and len(body) <= LARGEST_BODY:
        message = await receive()
        body += message.get("body", b"")
    return Request(scope["method"], scope["path"], dict(scope["headers"]), body)


async def send_reply(send: Send, reply: Reply) -> None:
    """Write the reply."""
    await send(
        {"type": "http.response.start", "status": reply.status, "headers": list(reply.headers)}
    )
    await send({"type": "http.response.body", "body": reply.body})
