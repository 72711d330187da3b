"""Tablets that come at once are let in together, each told what it missed and no more."""

import asyncio
import hashlib
from collections.abc import Awaitable
from typing import Any

import pytest

from nenrin.portals.device.arrivals import FIND_TABLETS, Arrivals
from nenrin.portals.device.tablets import QUEUE_LIMIT, OpenTablets, Tablet

TOWN = "063614"
BASE = "https://kaneyama.example"
PAIRED = {hashlib.sha256(f"token{number}".encode()).hexdigest(): number for number in range(1, 6)}
MISSED = [
    (1, 11, "m", "題", "文", 3, True, False, ""),
    (2, 12, "m", "題", "文", 3, True, False, ""),
]


class Reader:
    """The database as the arrivals see it: who is paired, and what was missed."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[Any]]] = []
        self.trouble: Exception | None = None

    async def rows(self, town: str, query: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        self.asked.append((query, parameters))
        if query == FIND_TABLETS:
            return [(digest, PAIRED[digest]) for digest in parameters[0] if digest in PAIRED]
        if self.trouble:
            raise self.trouble
        here = dict(zip(*parameters, strict=True))
        return [row for row in MISSED if row[0] in here and row[1] > here[row[0]]]


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def tablets() -> OpenTablets:
    return OpenTablets()


@pytest.fixture
def arrivals(reader: Reader, tablets: OpenTablets, monkeypatch: pytest.MonkeyPatch) -> Arrivals:
    monkeypatch.setattr("nenrin.portals.device.arrivals.TownReader", lambda: reader)
    return Arrivals(tablets)


def let_in(arrivals: Arrivals, *who: tuple[str, int]) -> list[Any]:
    """All come at the same time; what each got, a tablet or an error."""

    async def come() -> list[Any]:
        coming: list[Awaitable[Tablet | None]] = [
            arrivals.open(TOWN, token, BASE, last) for token, last in who
        ]
        return await asyncio.gather(*coming, return_exceptions=True)

    return asyncio.run(come())


def test_a_crowd_costs_two_questions(arrivals: Arrivals, reader: Reader) -> None:
    found = let_in(arrivals, *((f"token{number}", 0) for number in range(1, 6)))
    assert [tablet.endpoint for tablet in found] == [1, 2, 3, 4, 5]
    assert len(reader.asked) == 2


def test_a_token_that_is_not_paired_stays_out(arrivals: Arrivals, tablets: OpenTablets) -> None:
    known, unknown = let_in(arrivals, ("token1", 0), ("guess", 0))
    assert known.endpoint == 1
    assert unknown is None
    assert tablets.endpoints(TOWN) == [1]


def test_each_is_told_what_came_after_its_last_event(arrivals: Arrivals) -> None:
    first, again, second = let_in(arrivals, ("token1", 0), ("token1", 11), ("token2", 3))
    assert [tablet.queue.qsize() for tablet in (first, again, second)] == [1, 0, 1]
    assert second.queue.get_nowait().startswith(b"id: 12\n")


def test_nobody_is_left_behind_when_the_database_fails(
    arrivals: Arrivals, reader: Reader, tablets: OpenTablets
) -> None:
    reader.trouble = OSError("gone")
    found = let_in(arrivals, ("token1", 0), ("token2", 0))
    assert found == [reader.trouble, reader.trouble]
    assert tablets.endpoints(TOWN) == []


def test_what_is_found_twice_is_told_once_on_a_stream(
    arrivals: Arrivals, tablets: OpenTablets
) -> None:
    """A message released while the tablet comes in, and one that two workers announce."""
    (tablet,) = let_in(arrivals, ("token1", 0))
    for number in (11, 13, 13):
        tablets.tell(TOWN, (1, number, *MISSED[0][2:]))
    waiting = [tablet.queue.get_nowait() for _ in range(tablet.queue.qsize())]
    assert [event.split(b"\n")[0] for event in waiting] == [b"id: 11", b"id: 13"]


def test_a_tablet_leaves_even_when_it_has_stopped_reading() -> None:
    tablet = Tablet(1, BASE)
    for _ in range(QUEUE_LIMIT + 1):
        tablet.offer(b"event")
    tablet.leave()
    waiting = [tablet.queue.get_nowait() for _ in range(tablet.queue.qsize())]
    assert waiting[-1] is None
