"""Combinations of answers: all of them where they are few, every pair where they are many."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import Any

MANY = 3000
Choices = Mapping[str, Sequence[Any]]


def combine(choices: Choices) -> Iterator[dict[str, int]]:
    """Positions into each sequence: the whole product up to `MANY`, else every pair at least."""
    sizes = {name: len(values) for name, values in choices.items()}
    if prod(sizes.values()) <= MANY:
        for positions in product(*(range(size) for size in sizes.values())):
            yield dict(zip(sizes, positions, strict=True))
    else:
        yield from pairwise(sizes)


def pairwise(sizes: dict[str, int]) -> Iterator[dict[str, int]]:
    """Few rows in which each pair of values of any two names stands together at least once.

    Greedy and deterministic: each row starts from the first pair that is still missing, and takes
    for every other name the value that brings the most missing pairs.
    """
    names = sorted(sizes)
    missing = {
        (one, first, other, second)
        for one, other in combinations(names, 2)
        for first in range(sizes[one])
        for second in range(sizes[other])
    }
    order = sorted(missing)
    for pair in order:
        if pair not in missing:
            continue
        row = {pair[0]: pair[1], pair[2]: pair[3]}
        for name in names:
            if name not in row:
                row[name] = max(
                    range(sizes[name]),
                    key=lambda value: _gain(row, name, value, missing),
                )
        missing.difference_update(
            (one, row[one], other, row[other]) for one, other in combinations(names, 2)
        )
        yield row


def _gain(
    row: dict[str, int], name: str, value: int, missing: set[tuple[str, int, str, int]]
) -> int:
    return sum(
        ((name, value, other, held) if name < other else (other, held, name, value)) in missing
        for other, held in row.items()
    )
