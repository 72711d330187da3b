"""What a figure is, and how it is repeated."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

T = TypeVar("T")
RUNS = 5
OURS = "nenrin"


@dataclass(frozen=True)
class Figure:
    """A measured value with its peers, all in the same unit; notes say what could not be had."""

    name: str
    value: float
    unit: str
    peers: dict[str, float] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def ratios(self) -> dict[str, float]:
        """The value divided by each peer's."""
        return {name: round(self.value / peer, 2) for name, peer in self.peers.items() if peer}


class Skipped(Exception):
    """The figure cannot be measured here; the text says why."""


def median_seconds(work: Callable[[], object]) -> float:
    """Median wall time of several runs, in seconds."""
    return statistics.median(timed(work) for _ in range(RUNS))


def timed(work: Callable[[], object]) -> float:
    """Wall time of one run, in seconds."""
    return clocked(work).wall


class Cost(NamedTuple):
    """Seconds on the clock, and seconds of this process's own processor time."""

    wall: float
    processor: float


def clocked(work: Callable[[], object]) -> Cost:
    """What one run costs."""
    start, spent = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - start, time.process_time() - spent)


def in_turn(
    contestants: dict[str, Callable[[], T]], runs: int
) -> tuple[dict[str, list[T]], list[str]]:
    """Let all take turns, so that what else the machine does meets them alike.

    A peer that raises Skipped is left out, and the notes say why; ours may not.
    """
    values: dict[str, list[T]] = {name: [] for name in contestants}
    notes: list[str] = []
    for _ in range(runs):
        for name in list(values):
            try:
                values[name].append(contestants[name]())
            except Skipped as reason:
                if name == OURS:
                    raise
                notes.append(f"{name}: 飛ばしました（{reason}）")
                del values[name]
    return values, notes
