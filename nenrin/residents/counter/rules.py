"""How long somebody waits. Pure: no clock, no database."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

# One visit of today says as much as this many of the weeks before.
TODAY_COUNTS = 3
ENOUGH = 3


@dataclass(frozen=True)
class Measured:
    """Minutes that visits really took, called to done: today's, and those of recent weeks."""

    today: Sequence[float]
    recent: Sequence[float]


def minutes_each(measured: Measured, usual: int) -> float:
    """The middle of the visits, today's counted three times; the usual figure without enough."""
    every = [*measured.recent, *(list(measured.today) * TODAY_COUNTS)]
    return float(median(every)) if len(every) >= ENOUGH else float(usual)


def expected_wait(ahead: int, being_served: Sequence[float], each: float, windows: int) -> int:
    """Minutes until a number is called: work ahead, shared by the windows that are busy with it.

    ``being_served`` are the minutes already spent on those at the windows now; whoever takes longer
    than usual is expected to end at once. Rounded up.
    """
    going = sum(max(each - spent, 0.0) for spent in being_served)
    free = max(windows - len(being_served), 0)
    if ahead < free:
        return 0
    return math.ceil((ahead * each + going) / max(windows, 1))


def shown_wait(minutes: int) -> str:
    """In words people plan by: steps of five from ten minutes on."""
    if minutes <= 1:
        return "まもなくです"
    if minutes < 10:
        return f"約{minutes}分"
    return f"約{math.ceil(minutes / 5) * 5}分"
