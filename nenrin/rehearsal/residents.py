"""How made-up people behave: always the same for the same seed, device and message.

The shares and mean times in behaviour.csv are believable guesses, measured nowhere.
"""

import csv
import hashlib
import math
from importlib.resources import files
from typing import Literal, NamedTuple

Channel = Literal["push", "tablet", "line", "mail", "sms", "voice"]
Kind = Literal["delivered", "opened", "confirmed"]
Answer = Literal["safe", "help"]

NEEDS_HELP = 0.03
LONGEST_WAIT = 4.0


class Step(NamedTuple):
    """One thing a person or device does, so many seconds after the message came."""

    after_s: float
    kind: Kind
    answer: Answer | None = None


class Behaviour(NamedTuple):
    """Share of all recipients who get as far as each state, and mean waits."""

    delivered: float
    opened: float
    confirmed: float
    opens_after_s: float
    confirms_after_s: float


def _load() -> dict[str, Behaviour]:
    text = files("nenrin.rehearsal").joinpath("behaviour.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row.pop("channel"): Behaviour(*map(float, row.values())) for row in rows}


BEHAVIOUR = _load()


def plan(
    seed: bytes, device_id: str, message_id: str, channel: Channel, asks_safety: bool
) -> list[Step]:
    """Return the steps in order of time; an empty list is a silent resident.

    Times are those of real life; who carries the plan out divides them by the drill's speed.
    """
    habit = BEHAVIOUR[channel]
    eager, opening, confirming, need = _draws(seed, device_id, message_id)
    steps: list[Step] = []
    if eager < habit.delivered:
        steps.append(Step(0.0, "delivered"))
    opened_at = _wait(habit.opens_after_s, opening)
    if eager < habit.opened:
        steps.append(Step(opened_at, "opened"))
    if eager < habit.confirmed:
        confirmed_at = opened_at + _wait(habit.confirms_after_s, confirming)
        steps.append(Step(confirmed_at, "confirmed", _answer(need) if asks_safety else None))
    return steps


def _draws(seed: bytes, device_id: str, message_id: str) -> tuple[float, float, float, float]:
    key = f"{len(device_id)}:{device_id}{message_id}".encode()
    digest = hashlib.blake2b(key, key=hashlib.sha256(seed).digest(), digest_size=32).digest()
    first, second, third, fourth = (
        int.from_bytes(digest[start : start + 8], "big") / 2**64 for start in range(0, 32, 8)
    )
    return first, second, third, fourth


def _wait(mean_s: float, draw: float) -> float:
    """An exponential wait, cut so that the last person does not hold up a drill."""
    return mean_s * min(-math.log(1.0 - min(draw, 1 - 2**-53)), LONGEST_WAIT)


def _answer(need: float) -> Answer:
    return "help" if need < NEEDS_HELP else "safe"
