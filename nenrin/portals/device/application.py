"""Raw ASGI beside Django: what thousands of devices do in the same seconds.

``GET /tablet/stream`` holds a live stream; ``POST /r/<token>`` takes a receipt; ``POST
/line/webhook`` takes what LINE tells of its users.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import psycopg
from django.db import DatabaseError, InterfaceError

from nenrin.core.messaging.services.record_answer import AnswerRefused, Reply, check_answer
from nenrin.core.messaging.services.record_receipts import REPORTABLE, Report
from nenrin.core.messaging.tokens import BadToken, read_delivery_token

from .hosts import TownsByHost
from .line import take_line_news
from .receipts import ReceiptWriter
from .stream import TabletHub, public_base, retry_line
from .tablets import Tablet

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
BODY_LIMIT = 4096
WEBHOOK_LIMIT = 1024 * 1024


class DevicePortal:
    """Answers the devices' two addresses and leaves every other request to Django."""

    def __init__(self, django: Any) -> None:
        self._django = django
        self._towns = TownsByHost()
        self._hub = TabletHub()
        self._writer = ReceiptWriter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path == "/tablet/stream" and scope["method"] == "GET":
            await self._stream(scope, receive, send)
        elif scope["type"] == "http" and path.startswith("/r/") and scope["method"] == "POST":
            await self._receipt(path[3:], receive, send)
        elif scope["type"] == "http" and path == "/line/webhook" and scope["method"] == "POST":
            await self._line(scope, receive, send)
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
            if reply:
                check_answer(reply)
            now = datetime.now(UTC)
            reports = [Report(delivery, REPORTABLE[state], now)]
            replies = [Reply(delivery, reply, now)] if reply else []
            if await self._writer.report(town, reports, replies):
                raise AnswerRefused("この知らせは安否をたずねていません。")
        except AnswerRefused as error:
            await _answer(send, 400, str(error))
        except Exception:
            await _answer(send, 503, "いま記録できません。少し待ってもう一度送ってください。")
        else:
            await _answer(send, 204, "")

    async def _line(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        body = await _body(receive, WEBHOOK_LIMIT)
        try:
            status, text = 404, "この町はありません。"
            if town := await self._towns.code(headers.get("host", "")):
                status, text = await take_line_news(
                    town, body, headers.get("x-line-signature", ""), self._writer
                )
        except Exception:
            status, text = 503, "いま記録できません。"
        await _answer(send, status, text)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        try:
            town = await self._towns.code(headers.get("host", ""))
            tablet = await self._come_in(town, headers) if town else None
        except (psycopg.Error, DatabaseError, InterfaceError):
            await _answer(send, 503, "いまつながりません。少し待ってもう一度つないでください。")
            return
        if town is None:
            await _answer(send, 400, "このアドレスでは使えません。")
        elif tablet is None:
            await _answer(send, 401, "このタブレットは登録されていません。役場で登録してください。")
        else:
            try:
                await _pump(tablet, receive, send)
            finally:
                self._hub.close(town, tablet)

    async def _come_in(self, town: str, headers: dict[str, str]) -> Tablet | None:
        token = headers.get("authorization", "").removeprefix("Bearer ") or _cookie(headers)
        last = headers.get("last-event-id", "0")
        last_id = int(last) if last.isascii() and last.isdigit() else 0
        base = public_base(headers.get("host", ""))
        return await self._hub.open(town, token, base, last_id) if token else None


async def _pump(tablet: Tablet, receive: Receive, send: Send) -> None:
    gone = asyncio.create_task(_leave_when_gone(tablet, receive))
    try:
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
        while event := await tablet.queue.get():
            await send({"type": "http.response.body", "body": event, "more_body": True})
    finally:
        gone.cancel()


async def _leave_when_gone(tablet: Tablet, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    tablet.leave()


async def _body(receive: Receive, limit: int = BODY_LIMIT) -> bytes:
    body = b""
    while len(body) <= limit:
        part = await receive()
        body += part.get("body", b"")
        if not part.get("more_body"):
            break
    return body[:limit]


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


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
