"""The least a live stream can be: raw ASGI, one queue a client, `POST /tell` broadcasts."""

import asyncio

EVENT = b"event: message\ndata: " + b"x" * 500 + b"\n\n"
HEADERS = [(b"content-type", b"text/event-stream")]
queues: set[asyncio.Queue] = set()


async def app(scope: dict, receive, send) -> None:
    if scope["type"] != "http":
        return
    if scope["method"] == "POST":
        for queue in queues:
            queue.put_nowait(EVENT)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    queue: asyncio.Queue = asyncio.Queue()
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


async def receive_until_gone(receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
