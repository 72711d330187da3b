"""Raw ASGI beside Django: what thousands of devices do in the same seconds.

``GET /tablet/stream`` holds a live stream; ``POST /r/<token>`` takes a receipt.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http.request import validate_host

from nenrin.core.messaging.models import Delivery
from nenrin.core.messaging.services.record_answer import AnswerRefused, record_answer
from nenrin.core.messaging.services.record_receipts import REPORTABLE
from nenrin.core.messaging.tokens import BadToken, read_delivery_token
from nenrin.core.tenancy.middleware import find_town
from nenrin.core.tenancy.scope import town_scope

from .receipts import ReceiptWriter
from .stream import HEARTBEAT_SECONDS, TabletHub, public_base, retry_line

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
BODY_LIMIT = 4096


class DevicePortal:
    """Answers the devices' two addresses and leaves every other request to Django."""

    def __init__(self, django: Any) -> None:
        self._django = django
        self._hub = TabletHub()
        self._writer = ReceiptWriter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path == "/tablet/stream" and scope["method"] == "GET":
            await self._stream(scope, receive, send)
        elif scope["type"] == "http" and path.startswith("/r/") and scope["method"] == "POST":
            await self._receipt(path[3:], receive, send)
        else:
            await self._django(scope, receive, send)

    async def _receipt(self, token: str, receive: Receive, send: Send) -> None:
        try:
            town, delivery = read_delivery_token(token)
        except BadToken as error:
            await _answer(send, 404, str(error))
            return
        form = parse_qs((await _body(receive)).decode("utf-8", "replace"))
        state, reply = form.get("state", [""])[0], form.get("answer", [""])[0]
        if state not in REPORTABLE:
            await _answer(send, 400, "state は delivered, opened, confirmed のどれかです。")
            return
        try:
            await self._writer.report(town, delivery, state)
            if reply:
                await sync_to_async(_keep_answer, thread_sensitive=False)(town, delivery, reply)
        except AnswerRefused as error:
            await _answer(send, 400, str(error))
        except Exception:
            await _answer(send, 503, "いま記録できません。少し待ってもう一度送ってください。")
        else:
            await _answer(send, 204, "")

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        host = headers.get("host", "")
        if not validate_host(host.rpartition(":")[0] or host, settings.ALLOWED_HOSTS):
            await _answer(send, 400, "このアドレスでは使えません。")
            return
        town = await sync_to_async(_town_code, thread_sensitive=False)(host)
        token = headers.get("authorization", "").removeprefix("Bearer ") or _cookie(headers)
        last = headers.get("last-event-id", "0")
        last_id = int(last) if last.isascii() and last.isdigit() else 0
        base = public_base(host)
        tablet = await self._hub.open(town, token, base, last_id) if town and token else None
        if tablet is None:
            await _answer(send, 401, "このタブレットは登録されていません。役場で登録してください。")
            return
        try:
            await _pump(tablet.queue, receive, send)
        finally:
            self._hub.close(town, tablet)


async def _pump(queue: "asyncio.Queue[bytes]", receive: Receive, send: Send) -> None:
    gone = asyncio.create_task(_until_gone(receive))
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [
                (b"content-type", b"text/event-stream; charset=utf-8"),
                (b"cache-control", b"no-store"),
                (b"x-accel-buffering", b"no"),
            ],
        }
    )
    await send({"type": "http.response.body", "body": retry_line(), "more_body": True})
    try:
        while not gone.done():
            following = asyncio.ensure_future(queue.get())
            done, _ = await asyncio.wait(
                {following, gone}, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if following not in done:
                following.cancel()
            if gone in done:
                return
            body = following.result() if following in done else b": alive\n\n"
            await send({"type": "http.response.body", "body": body, "more_body": True})
    finally:
        gone.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _body(receive: Receive) -> bytes:
    body = b""
    while len(body) <= BODY_LIMIT:
        part = await receive()
        body += part.get("body", b"")
        if not part.get("more_body"):
            break
    return body[:BODY_LIMIT]


async def _answer(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})


def _cookie(headers: dict[str, str]) -> str:
    for part in headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == "nenrin_tablet":
            return value
    return ""


def _town_code(host: str) -> str:
    town = find_town(host)
    return town.code if town else ""


def _keep_answer(town: str, delivery_id: int, answer: str) -> None:
    with town_scope(town):
        delivery = Delivery.objects.select_related("message", "endpoint").get(pk=delivery_id)
        record_answer(delivery=delivery, answer=answer)
