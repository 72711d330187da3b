"""What a figure is, and how it is repeated."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

RUNS = 5


@dataclass(frozen=True)
class Figure:
    """A measured value with its peers, all in the same unit."""

    name: str
    value: float
    unit: str
    peers: dict[str, float] = field(default_factory=dict)

    @property
    def ratios(self) -> dict[str, float]:
        """The value divided by each peer's."""
        return {name: round(self.value / peer, 2) for name, peer in self.peers.items() if peer}


class Skipped(Exception):
    """The figure cannot be measured here; the text says why."""


def median_seconds(work: Callable[[], object]) -> float:
    """Median wall time of several runs, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
