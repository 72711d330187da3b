"""Thousands of live streams in one process, led by lines on standard input.

`open` connects all, `wait` waits until each has had an event, `again` drops all and connects all
anew at once. Each command is answered by one JSON line with the moment it was done.
"""

import asyncio
import json
import resource
import sys
import time
from typing import Any, cast

PATIENCE_SECONDS = 120


class Stream(asyncio.Protocol):
    """One client; `opened` and `told` are futures of its first bytes and of its next event."""

    def __init__(self, request: bytes) -> None:
        loop = asyncio.get_running_loop()
        self._request = request
        self.opened, self.told = loop.create_future(), loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if not self.opened.done():
            if b" 200 " not in data[:20]:
                self.opened.set_exception(ConnectionError(data[:60]))
            elif b"retry:" in data:
                self.opened.set_result(None)
        if b"event: message" in data and not self.told.done():
            self.told.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("closed"))


async def connect(task: dict[str, Any], number: int) -> Stream:
    """Try again as a tablet would, until the server takes it."""
    request = (
        f"GET /tablet/stream HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: Bearer {task['tokens'][number]}\r\n"
        f"Last-Event-ID: {task['last_event']}\r\n\r\n"
    ).encode()
    while True:
        try:
            loop = asyncio.get_running_loop()
            _, stream = await loop.create_connection(
                lambda: Stream(request), "127.0.0.1", task["port"]
            )
            await stream.opened
        except OSError:
            await asyncio.sleep(0.2)
        else:
            return stream


async def connect_all(task: dict[str, Any]) -> list[Stream]:
    count = len(task["tokens"])
    return await asyncio.gather(*(connect(task, number) for number in range(count)))


async def wait_all(streams: list[Stream]) -> None:
    await asyncio.gather(*(stream.told for stream in streams))
    done = time.time()
    for stream in streams:
        stream.told = asyncio.get_running_loop().create_future()
    say(done)


def say(moment: float) -> None:
    print(json.dumps({"done": moment}), flush=True)


async def main() -> None:
    task = json.loads(sys.stdin.readline())
    streams: list[Stream] = []
    while word := (await asyncio.to_thread(sys.stdin.readline)).strip():
        async with asyncio.timeout(PATIENCE_SECONDS):
            if word == "again":
                for stream in streams:
                    stream.transport.abort()
            if word in ("open", "again"):
                streams = await connect_all(task)
                say(time.time())
            if word == "wait":
                await wait_all(streams)


limits = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (limits[1], limits[1]))
asyncio.run(main())
