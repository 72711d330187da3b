"""Opens sealed messages just behind the answers, so that opening never slows a sender."""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import lru_cache

from nenrin.rehearsal.journal import Journal
from nenrin.rehearsal.keys import DeviceKeys, device_keys
from nenrin.rehearsal.messages import Arrival, Unreadable, read_json
from nenrin.rehearsal.providers.aes128gcm import CannotOpen, unseal

REMEMBERED_KEYS = 2048
MANY = 20_000
BUSY_WITHIN_S = 0.02
BUSY_SLICE_S, BUSY_PAUSE_S = 0.001, 0.010
QUIET_SLICE_S = 0.010

Deliver = Callable[[str, Arrival], None]


class Opening:
    """A queue that works a tenth of the time while requests come, and else without pause.

    With `keep_sealed` nothing is opened: a benchmark then measures the sender alone.
    """

    def __init__(
        self,
        seed: bytes,
        deliver: Deliver,
        journal: Journal,
        *,
        keep_sealed: bool = False,
        after_s: float = 0.0,
    ) -> None:
        self._deliver = deliver
        self._journal = journal
        self._keep_sealed = keep_sealed
        self._after_s = max(after_s, BUSY_PAUSE_S)
        self._sealed: deque[tuple[str, bytes]] = deque()
        self._last_came = 0.0
        self._working = False

        @lru_cache(maxsize=REMEMBERED_KEYS)
        def keys(device_id: str) -> DeviceKeys:
            return device_keys(seed, device_id)

        self._keys = keys

    def add(self, device_id: str, body: bytes) -> None:
        """Take a message; it is opened after the answer has gone out."""
        if self._keep_sealed:
            return
        loop = asyncio.get_running_loop()
        self._last_came = loop.time()
        self._sealed.append((device_id, body))
        self._journal["push"].waiting += 1
        if not self._working:
            self._working = True
            loop.call_later(self._after_s, self._work, loop)

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        busy = now - self._last_came < BUSY_WITHIN_S and len(self._sealed) < MANY
        until = now + (BUSY_SLICE_S if busy else QUIET_SLICE_S)
        while self._sealed and loop.time() < until:
            self._open(*self._sealed.popleft())
        self._working = bool(self._sealed)
        if self._working:
            loop.call_later(BUSY_PAUSE_S if busy else 0.0, self._work, loop)

    def _open(self, device_id: str, body: bytes) -> None:
        journal = self._journal["push"]
        journal.waiting -= 1
        try:
            self._deliver(device_id, read_json(unseal(self._keys(device_id), body)))
        except (CannotOpen, Unreadable):
            journal.unreadable += 1
