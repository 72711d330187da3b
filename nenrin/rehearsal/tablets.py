"""Household tablets, each holding a live stream open and coming back when it breaks."""

import asyncio
import json
import ssl
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, cast

from nenrin.rehearsal.messages import Arrival, Unreadable, read_json
from nenrin.rehearsal.wire.events import EventParser
from nenrin.rehearsal.wire.http1 import HEAD_END, BadResponse, ChunkDecoder, parse_head
from nenrin.rehearsal.wire.loopback import Target, target_of

STREAM_PATH = "/tablet/stream"
LARGEST_HEAD = 16 * 1024
OPENING_AT_ONCE = 64
OPEN_WITHIN_S = 15.0
LONGEST_WAIT_S = 60.0

Deliver = Callable[[str, Arrival], None]


class Tablet(NamedTuple):
    """A tablet and the token it was given when it was set up."""

    device_id: str
    token: str


class BadTabletList(ValueError):
    """A line of the tablet list cannot be read; the message names it."""


def read_tablets(path: Path) -> list[Tablet]:
    """Read JSON lines of {"device_id", "token"}; raises BadTabletList."""
    tablets: list[Tablet] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                entry = json.loads(line)
                tablet = Tablet(str(entry["device_id"]), str(entry["token"]))
            except (ValueError, KeyError, TypeError) as error:
                raise BadTabletList(f"{path}, line {number}: {error!r}") from None
            if not tablet.token.isascii() or not tablet.token.isprintable():
                raise BadTabletList(f"{path}, line {number}: the token is not printable ASCII")
            tablets.append(tablet)
    return tablets


class Fleet:
    """All tablets of the town on one event loop, without a task for each."""

    def __init__(
        self,
        tablets: list[Tablet],
        base: str,
        deliver: Deliver,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.target = target_of(base.rstrip("/") + STREAM_PATH)
        self._deliver = deliver
        self._trust = (trust or ssl.create_default_context()) if self.target.secure else None
        self._opening = asyncio.Semaphore(OPENING_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._streams = [TabletStream(tablet, self) for tablet in tablets]
        self._stopped = False
        self.counts: Counter[str] = Counter()

    @property
    def connected(self) -> int:
        """Tablets whose stream is open now."""
        return sum(stream.is_open for stream in self._streams)

    def start(self) -> None:
        """Open every stream, a few at a time."""
        for stream in self._streams:
            self.connect(stream)

    async def stop(self) -> None:
        """Close every stream."""
        self._stopped = True
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for stream in self._streams:
            stream.close()

    def connect(self, stream: "TabletStream") -> None:
        """Try to open a stream now."""
        if self._stopped:
            return
        task = asyncio.get_running_loop().create_task(self._connect(stream))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def receive(self, device_id: str, data: str) -> None:
        """Hand a message event to the tablet's household."""
        self.counts["events"] += 1
        try:
            self._deliver(device_id, read_json(data))
        except Unreadable:
            self.counts["unreadable"] += 1

    def summary(self) -> dict[str, object]:
        """Counts for the log."""
        return {"tablets": len(self._streams), "connected": self.connected, **self.counts}

    async def _connect(self, stream: "TabletStream") -> None:
        try:
            async with self._opening, asyncio.timeout(OPEN_WITHIN_S):
                await asyncio.get_running_loop().create_connection(
                    lambda: stream, self.target.host, self.target.port, ssl=self._trust
                )
        except OSError:
            stream.failed()


class TabletStream(asyncio.Protocol):
    """One tablet's connection: response head, chunks, events."""

    __slots__ = (
        "_chunks",
        "_events",
        "_failures",
        "_fleet",
        "_head",
        "_tablet",
        "_timer",
        "_transport",
        "is_open",
    )

    def __init__(self, tablet: Tablet, fleet: Fleet) -> None:
        self._tablet = tablet
        self._fleet = fleet
        self._events = EventParser()
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._failures = 0
        self._head = b""
        self._chunks: ChunkDecoder | None = None
        self.is_open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream, from the last event on."""
        self._transport = cast(asyncio.Transport, transport)
        self._head = b""
        self._chunks = None
        self._transport.write(
            _request(self._fleet.target, self._tablet.token, self._events.last_id)
        )

    def data_received(self, data: bytes) -> None:
        """Read what came; a stream that makes no sense is closed."""
        try:
            body = data if self.is_open else self._take_head(data)
            if self._chunks is not None:
                body = self._chunks.feed(body)
        except BadResponse:
            self._fleet.counts["bad_responses"] += 1
            self.close()
            return
        for event in self._events.feed(body):
            if event.kind == "message":
                self._fleet.receive(self._tablet.device_id, event.data)
        if self._chunks is not None and self._chunks.finished:
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Come back after the wait that the server asked for."""
        was_open, self.is_open = self.is_open, False
        self._transport = None
        self._events.reset()
        if was_open:
            self._fleet.counts["reconnects"] += 1
            self._come_back(self._events.retry_s)
        else:
            self.failed()

    def failed(self) -> None:
        """Wait longer after every failure in a row."""
        self._failures += 1
        self._fleet.counts["failed_opens"] += 1
        wait = self._events.retry_s * 2 ** min(self._failures - 1, 6)
        self._come_back(min(wait, LONGEST_WAIT_S))

    def close(self) -> None:
        """Close the connection and cancel a wait; only a lost connection starts a new one."""
        if self._timer is not None:
            self._timer.cancel()
        if self._transport is not None:
            self._transport.close()

    def _take_head(self, data: bytes) -> bytes:
        """Return the first body bytes once the head is whole; raises BadResponse."""
        self._head += data
        raw, end, body = self._head.partition(HEAD_END)
        if not end:
            if len(self._head) > LARGEST_HEAD:
                raise BadResponse("the response head is too long")
            return b""
        head = parse_head(raw)
        self._head = b""
        if head.status != 200:
            self._fleet.counts[f"status_{head.status}"] += 1
            raise BadResponse(f"status {head.status}")
        if not head.headers.get("content-type", "").startswith("text/event-stream"):
            raise BadResponse("not an event stream")
        self._chunks = ChunkDecoder() if head.chunked else None
        self.is_open = True
        self._failures = 0
        return body

    def _come_back(self, wait_s: float) -> None:
        """Reconnect after the wait and up to a fifth more, so that not all come at once."""
        share = zlib.crc32(self._tablet.device_id.encode()) % 1000 / 5000
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(wait_s * (1 + share), self._fleet.connect, self)


def _request(target: Target, token: str, last_id: str) -> bytes:
    last = f"Last-Event-ID: {last_id}\r\n".encode() if last_id else b""
    return (
        (
            f"GET {target.path} HTTP/1.1\r\nHost: {target.authority}\r\n"
            f"Authorization: Bearer {token}\r\nAccept: text/event-stream\r\n"
            "Cache-Control: no-store\r\n"
        ).encode()
        + last
        + b"\r\n"
    )
