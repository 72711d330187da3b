"""Telegrams a feed has named and we do not have: pure functions over plain values.

Kept in FeedState, so that a telegram that failed is tried again although its feed answers 304.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from .atom import Entry

FIRST_PAUSE, LONGEST_PAUSE = 15.0, 600.0
MOST_TRIES = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """One telegram. ``is_settled``: leave it alone, though the feed may name it for days yet."""

    link: str
    updated: float = 0.0
    tries: int = 0
    due: float = 0.0
    is_settled: bool = False


Waiting = dict[str, Wanted]


def from_json(kept: Mapping[str, Any]) -> Waiting:
    return {feed_id: Wanted(**fields) for feed_id, fields in kept.items()}


def to_json(waiting: Waiting) -> dict[str, Any]:
    return {feed_id: asdict(wanted) for feed_id, wanted in waiting.items()}


def merge_page(waiting: Waiting, entries: Iterable[Entry], stored: Container[str]) -> Waiting:
    """What to wait for after a new page: its new entries, and what was missing before.

    Settled entries are remembered as long as the page names them.
    """
    named = {entry.feed_id: entry for entry in entries}
    kept = {
        feed_id: wanted
        for feed_id, wanted in waiting.items()
        if feed_id in named or not wanted.is_settled
    }
    new = {
        feed_id: Wanted(entry.link, entry.updated)
        for feed_id, entry in named.items()
        if feed_id not in kept and feed_id not in stored
    }
    return kept | new


def due_now(waiting: Waiting, now: float) -> list[tuple[str, Wanted]]:
    """What to fetch now, in the order it was published; what failed before comes last."""
    due = [item for item in waiting.items() if not item[1].is_settled and item[1].due <= now]
    return sorted(due, key=lambda item: (item[1].tries > 0, item[1].updated))


def after_failure(wanted: Wanted, now: float) -> Wanted:
    """Try again later and ever more rarely, and at last not any more."""
    pause = min(FIRST_PAUSE * 2 ** min(wanted.tries, 10), LONGEST_PAUSE)
    tries = wanted.tries + 1
    return replace(wanted, tries=tries, due=now + pause, is_settled=tries >= MOST_TRIES)


def settled(wanted: Wanted) -> Wanted:
    """There is nothing more to be had from this entry."""
    return replace(wanted, is_settled=True)
