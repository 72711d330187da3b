"""The least a live stream can be: raw ASGI, one queue a client, `POST /tell` broadcasts."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

EVENT = b"event: message\ndata: " + b"x" * 500 + b"\n\n"
HEADERS = [(b"content-type", b"text/event-stream")]
queues: set[asyncio.Queue[bytes]] = set()
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    if scope["method"] == "POST":
        for one in queues:
            one.put_nowait(EVENT)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    queues.add(queue)
    gone = asyncio.ensure_future(receive_until_gone(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": b"retry: 1000\n\n", "more_body": True})
        while not gone.done():
            waiting = asyncio.ensure_future(queue.get())
            await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                body = waiting.result()
                await send({"type": "http.response.body", "body": body, "more_body": True})
            else:
                waiting.cancel()
    finally:
        queues.discard(queue)
        gone.cancel()


async def receive_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
