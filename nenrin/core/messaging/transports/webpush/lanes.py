"""Each push service has a queue of its own, so that a slow or choking one holds up no other."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

ItemT = TypeVar("ItemT")
CHOKED_AFTER = 8
"""Overloaded answers in a row that speak for the service; fewer may be one device's own limit."""


@dataclass(slots=True)
class Pauses:
    """Which services asked to be left alone, and until when; shared by a process's shards."""

    clock: Callable[[], float] = time.monotonic
    _until: dict[str, float] = field(default_factory=dict)

    def begin(self, origin: str, seconds: float) -> None:
        self._until[origin] = max(self._until.get(origin, 0.0), self.clock() + seconds)

    def left(self, origin: str) -> float:
        """Seconds still to wait; 0 where the service may be called."""
        until = self._until.get(origin)
        return 0.0 if until is None else max(until - self.clock(), 0.0)


@dataclass(slots=True)
class Lane(Generic[ItemT]):
    """What waits for one service, how much is on its way, how often it was overloaded in a row."""

    origin: str
    waiting: deque[ItemT] = field(default_factory=deque)
    flying: int = 0
    overloaded: int = 0


class Lanes(Generic[ItemT]):
    """Hands out what waits, service by service in turn, at most `room` on its way to each."""

    def __init__(self, pauses: Pauses, room: int) -> None:
        self._pauses = pauses
        self._room = room
        self._lanes: dict[str, Lane[ItemT]] = {}
        self._turns: deque[Lane[ItemT]] = deque()

    def add(self, origin: str, item: ItemT) -> None:
        lane = self._lanes.get(origin)
        if lane is None:
            lane = self._lanes[origin] = Lane(origin)
            self._turns.append(lane)
        lane.waiting.append(item)

    def take(self) -> tuple[str, ItemT] | None:
        """The next item that may leave now; whoever takes it calls `landed` when it is answered."""
        for _ in range(len(self._turns)):
            lane = self._turns[0]
            self._turns.rotate(-1)
            if lane.waiting and lane.flying < self._room:
                lane.flying += 1
                return lane.origin, lane.waiting.popleft()
        return None

    def landed(self, origin: str, *, overloaded: bool = False, wait: float = 0.0) -> None:
        """An item was answered. A service that only answers "overloaded" is paused for `wait`."""
        lane = self._lanes[origin]
        lane.flying -= 1
        lane.overloaded = lane.overloaded + 1 if overloaded else 0
        if lane.overloaded >= CHOKED_AFTER:
            self._pauses.begin(origin, wait)

    def held_back(self) -> Iterator[tuple[ItemT, float]]:
        """Take out all that waits for a paused service, with the seconds it has to wait."""
        for lane in self._turns:
            wait = self._pauses.left(lane.origin) if lane.waiting else 0.0
            while wait and lane.waiting:
                yield lane.waiting.popleft(), wait
