"""Comparing what is booked with what a provider reports. Pure: no ORM, no clock, no network."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .contract import Booked, Reported, Span

MISSING_HERE, MISSING_THERE, AMOUNT = "missing_here", "missing_there", "amount"


@dataclass(frozen=True)
class Odd:
    """One difference; amounts in yen, None where a side has nothing."""

    kind: str
    reference: str
    here: int | None
    there: int | None


@dataclass(frozen=True)
class Compared:
    """A day's comparison."""

    matched: int
    here: int
    there: int
    differences: tuple[Odd, ...] = field(default=())


def compare(day: Span, booked: Iterable[Booked], reported: Iterable[Reported]) -> Compared:
    """Match by reference.

    Both lists may reach beyond the day: a payment a second before midnight stands on another day
    there than here, and is still the same payment. Only what lies within the day is judged.
    """
    ours, theirs = list(booked), list(reported)
    here, there = _sums(ours), _sums(theirs)
    lines: list[Booked | Reported] = [*ours, *theirs]
    judged = {one.reference for one in lines if day.holds(one.at)}
    odd = [
        found
        for reference in sorted(judged)
        if (found := _judge(reference, here.get(reference), there.get(reference)))
    ]
    return Compared(
        matched=len(judged) - len(odd),
        here=sum(one.amount for one in ours if day.holds(one.at)),
        there=sum(one.amount for one in theirs if day.holds(one.at)),
        differences=tuple(odd),
    )


def _sums(lines: Iterable[Booked | Reported]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.reference] += line.amount
    return dict(sums)


def _judge(reference: str, here: int | None, there: int | None) -> Odd | None:
    if here == there:
        return None
    kind = MISSING_HERE if here is None else MISSING_THERE if there is None else AMOUNT
    return Odd(kind, reference, here, there)
