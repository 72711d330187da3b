"""Sends receipts over a few kept-alive connections and gives none up."""

import asyncio
import contextlib
import heapq
import itertools
import random
import re
import ssl
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from nenrin.rehearsal.wire.http1 import read_answer
from nenrin.rehearsal.wire.loopback import NotLoopback, Target, target_of

CONNECTIONS = 16
ANSWER_WITHIN_S = 15.0
FIRST_RETRY_S = 0.2
LONGEST_RETRY_S = 10.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
_COUNTED = re.compile("(state|answer)=")

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Receipt(NamedTuple):
    """One report on its way."""

    target: Target
    form: str
    headers: Mapping[str, str] = FORM
    attempt: int = 0


class Reporter:
    """Receipts wait in a heap until they are due; as many tasks as connections send them."""

    def __init__(self, trust: ssl.SSLContext | None = None, connections: int = CONNECTIONS) -> None:
        self._trust = trust
        self._connections = connections
        self._waiting: list[tuple[float, int, Receipt]] = []
        self._order = itertools.count()
        self._due: asyncio.Queue[Receipt] = asyncio.Queue()
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._sending = 0
        self.acknowledged: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.retries = 0
        self.not_loopback = 0

    @property
    def pending(self) -> int:
        """Receipts not yet acknowledged, those of future steps included."""
        return len(self._waiting) + self._due.qsize() + self._sending

    def start(self) -> None:
        """Start the sending tasks; needs a running loop."""
        self._tasks = [asyncio.create_task(self._work()) for _ in range(self._connections)]
        self._arm()

    async def stop(self) -> None:
        """End the sending tasks and close their connections; what is pending is dropped."""
        if self._timer is not None:
            self._timer.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def submit(
        self, url: str, form: str, after_s: float = 0.0, headers: Mapping[str, str] = FORM
    ) -> None:
        """Report the body (already encoded) to the URL; a URL off this machine is only counted."""
        try:
            target = target_of(url)
        except NotLoopback:
            self.not_loopback += 1
            return
        self._wait(Receipt(target, form, headers), after_s)

    def summary(self) -> dict[str, object]:
        """Counts for the log."""
        return {
            "acknowledged": dict(self.acknowledged),
            "refused": dict(self.refused),
            "retries": self.retries,
            "not_loopback": self.not_loopback,
            "pending": self.pending,
        }

    def _wait(self, receipt: Receipt, after_s: float) -> None:
        if after_s <= 0:
            self._due.put_nowait(receipt)
            return
        due_at = asyncio.get_running_loop().time() + after_s
        heapq.heappush(self._waiting, (due_at, next(self._order), receipt))
        if self._waiting[0][0] == due_at:
            self._arm()

    def _arm(self) -> None:
        """Set the one timer to the earliest receipt."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(self._waiting[0][0], self._ripen)

    def _ripen(self) -> None:
        now = asyncio.get_running_loop().time() + 0.002
        while self._waiting and self._waiting[0][0] <= now:
            self._due.put_nowait(heapq.heappop(self._waiting)[2])
        self._arm()

    async def _work(self) -> None:
        streams: dict[tuple[bool, str, int], Stream] = {}
        try:
            while True:
                receipt = await self._due.get()
                self._sending += 1
                try:
                    await self._report(streams, receipt)
                finally:
                    self._sending -= 1
        finally:
            for _, writer in streams.values():
                writer.close()

    async def _report(self, streams: dict[tuple[bool, str, int], Stream], receipt: Receipt) -> None:
        key = receipt.target[:3]
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                if key not in streams or streams[key][0].at_eof():
                    _drop(streams, key)
                    streams[key] = await self._connect(receipt.target)
                reader, writer = streams[key]
                writer.write(_request(receipt))
                head = await read_answer(reader)
        except OSError:
            _drop(streams, key)
            self._retry(receipt)
            return
        except BaseException:
            _drop(streams, key)
            raise
        if not head.keeps_alive:
            _drop(streams, key)
        self._settle(receipt, head.status)

    async def _connect(self, target: Target) -> Stream:
        context = (self._trust or ssl.create_default_context()) if target.secure else None
        return await asyncio.open_connection(target.host, target.port, ssl=context)

    def _settle(self, receipt: Receipt, status: int) -> None:
        if 200 <= status < 300:
            counted = filter(_COUNTED.match, receipt.form.split("&"))
            self.acknowledged.update(
                ["press"] if "X-Line-Signature" in receipt.headers else counted
            )
        elif status >= 500 or status in (408, 425, 429):
            self._retry(receipt)
        else:
            self.refused[str(status)] += 1

    def _retry(self, receipt: Receipt) -> None:
        self.retries += 1
        longest = min(FIRST_RETRY_S * 2**receipt.attempt, LONGEST_RETRY_S)
        attempt = min(receipt.attempt + 1, 16)
        self._wait(receipt._replace(attempt=attempt), longest * random.uniform(0.5, 1.0))


def _drop(streams: dict[tuple[bool, str, int], Stream], key: tuple[bool, str, int]) -> None:
    stream = streams.pop(key, None)
    if stream is not None:
        with contextlib.suppress(OSError):
            stream[1].close()


def _request(receipt: Receipt) -> bytes:
    headers = "".join(f"{name}: {value}\r\n" for name, value in receipt.headers.items())
    return (
        f"POST {receipt.target.path} HTTP/1.1\r\nHost: {receipt.target.authority}\r\n"
        f"{headers}Content-Length: {len(receipt.form)}\r\n\r\n{receipt.form}"
    ).encode("ascii")
