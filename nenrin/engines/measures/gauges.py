"""Gauges: where a goal's figure comes from; modules register theirs from `plugs.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from nenrin.core.registry.registry import Registry


@dataclass(frozen=True)
class Figure:
    """What a gauge reads: the value in the goal's unit, and how many records it rests on.

    ``low`` and ``high`` bound it where it is an estimate from answers (95 %). A value of None
    means that there is no record yet.
    """

    value: float | None
    records: int = 0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class RecordLine:
    """One record under a figure: what it is, and the staff page that shows it."""

    title: str
    url: str = ""


@dataclass(frozen=True)
class Gauge:
    """Reads a figure from real records.

    ``read`` gets a fiscal year and runs inside the town's scope; ``lines`` gives the newest
    records under that figure, for drilling down.
    """

    key: str
    label: str
    unit: str
    read: Callable[[int], Figure]
    lines: Callable[[int], list[RecordLine]]


gauges: Registry[Gauge] = Registry("gauge")
