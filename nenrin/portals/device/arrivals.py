"""Tablets that come at the same time come in together: one transaction for a whole group.

After a power cut or a restart thousands come back within seconds; one by one, each would cost two
transactions.
"""

import asyncio
import hashlib
import logging
from collections import defaultdict
from dataclasses import dataclass

from .connection import TownReader
from .tablets import UNSEEN, OpenTablets, Tablet

logger = logging.getLogger(__name__)
GROUP_SECONDS = 0.01
GROUP_LIMIT = 500

# Whoever was seen within the minute is not written down anew.
FIND_TABLETS = """
WITH found AS (
    SELECT id, keys->>'token_hash' AS digest, last_seen_at FROM messaging_endpoint
    WHERE kind = 'tablet' AND keys->>'token_hash' = ANY(%s) AND retired_at IS NULL
), seen AS (
    UPDATE messaging_endpoint e SET last_seen_at = now() FROM found f
    WHERE e.id = f.id AND (f.last_seen_at IS NULL OR f.last_seen_at < now() - interval '1 minute')
)
SELECT digest, id FROM found
"""


@dataclass(slots=True, eq=False)
class Arrival:
    """A tablet at the door: its token's digest, and what it had last."""

    digest: str
    base: str
    last_id: int
    let_in: asyncio.Future[Tablet | None]


Opened = list[tuple[Arrival, Tablet]]


class Arrivals:
    """Collects those who come within a few milliseconds and opens their streams."""

    def __init__(self, tablets: OpenTablets) -> None:
        self._tablets = tablets
        self._reader = TownReader()
        self._waiting: dict[str, list[Arrival]] = {}
        self._task: asyncio.Task[None] | None = None

    async def open(self, town: str, token: str, base: str, last_id: int) -> Tablet | None:
        """Register a tablet and queue what it missed; None for a token that is not paired."""
        digest = hashlib.sha256(token.encode()).hexdigest()
        let_in: asyncio.Future[Tablet | None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(town, []).append(Arrival(digest, base, last_id, let_in))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._let_in_all())
        return await let_in

    async def _let_in_all(self) -> None:
        await asyncio.sleep(GROUP_SECONDS)
        while self._waiting:
            town, arrivals = self._waiting.popitem()
            if len(arrivals) > GROUP_LIMIT:
                self._waiting[town] = arrivals[GROUP_LIMIT:]
            await self._let_in(town, arrivals[:GROUP_LIMIT])

    async def _let_in(self, town: str, arrivals: list[Arrival]) -> None:
        opened: Opened = []
        try:
            opened = await self._find(town, arrivals)
            await self._catch_up(town, opened)
        except Exception as error:
            logger.warning("tablets of town %s were not let in: %s", town, type(error))
            _fail(arrivals, error)
        else:
            _settle(arrivals, opened)
        for arrival, tablet in opened:
            if arrival.let_in.cancelled() or arrival.let_in.exception():
                self._tablets.remove(town, tablet)

    async def _find(self, town: str, arrivals: list[Arrival]) -> Opened:
        digests = [arrival.digest for arrival in arrivals]
        known = dict(await self._reader.rows(town, FIND_TABLETS, [digests]))
        return [
            (one, Tablet(known[one.digest], one.base)) for one in arrivals if one.digest in known
        ]

    async def _catch_up(self, town: str, opened: Opened) -> None:
        """Register the streams, then read what they missed: nothing falls between the two."""
        mine: dict[int, Opened] = defaultdict(list)
        for arrival, tablet in opened:
            self._tablets.add(town, tablet)
            mine[tablet.endpoint].append((arrival, tablet))
        last = [min(arrival.last_id for arrival, _ in here) for here in mine.values()]
        for row in await self._reader.rows(town, UNSEEN, [list(mine), last]):
            for arrival, tablet in mine[row[0]]:
                if row[1] > arrival.last_id:
                    tablet.tell(town, row)


def _settle(arrivals: list[Arrival], opened: Opened) -> None:
    found = dict(opened)
    for arrival in arrivals:
        if not arrival.let_in.done():
            arrival.let_in.set_result(found.get(arrival))


def _fail(arrivals: list[Arrival], error: Exception) -> None:
    for arrival in arrivals:
        if not arrival.let_in.done():
            arrival.let_in.set_exception(error)
