"""A push service for tests (ASGI under Granian, HTTP/2): the path asked for decides its answer.

Run in a process of its own; what it received it gives back at GET /seen.
"""

import asyncio
import base64
import json
from typing import Any

REPLIES: dict[str, tuple[int, list[tuple[bytes, bytes]]]] = {
    "ok": (201, [(b"location", b"https://push.example/m/1")]),
    "fine": (200, []),
    "accepted": (202, []),
    "unknown": (404, []),
    "gone": (410, []),
    "busy": (429, [(b"retry-after", b"77")]),
    "closed": (503, [(b"retry-after", b"Wed, 21 Oct 2037 07:28:00 GMT")]),
    "crash": (500, []),
    "bad": (400, []),
    "vapid": (403, []),
    "large": (413, []),
    "moved": (307, [(b"location", b"https://localhost:1/elsewhere")]),
}
SMALL = 2200
seen: list[dict[str, Any]] = []


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    kind = scope["path"].split("/")[1]
    if scope["method"] == "GET":
        await _reply(send, 200, [], json.dumps(seen).encode())
        return
    body = await _body(receive)
    seen.append(_record(scope, body))
    if kind == "hang":
        await asyncio.sleep(4)
    if kind == "small":
        kind = "large" if len(body) > SMALL else "ok"
    status, headers = REPLIES.get(kind, REPLIES["ok"])
    await _reply(send, status, headers, b"")


def _record(scope: dict[str, Any], body: bytes) -> dict[str, Any]:
    return {
        "path": scope["path"],
        "version": scope["http_version"],
        "headers": {name.decode(): value.decode() for name, value in scope["headers"]},
        "body": base64.b64encode(body).decode(),
    }


async def _body(receive: Any) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _reply(send: Any, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
