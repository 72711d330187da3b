"""The tablets' live stream: server-sent events fed by PostgreSQL notifications.

One LISTEN connection for the process; a message's words are rendered once, and a tablet that comes
back is given what it missed since its Last-Event-ID (WHATWG HTML, 9.2).
"""

import asyncio
import json
import logging
import random
from itertools import count
from typing import Any

import psycopg
from django.conf import settings

from .arrivals import Arrivals
from .connection import TownReader, connect
from .tablets import UNSEEN, UNSEEN_OF_MESSAGE, OpenTablets, Tablet

logger = logging.getLogger(__name__)
NOTIFICATIONS = "nenrin_tablet"
HEARTBEAT_SECONDS = 20
NOTE_SEEN_SECONDS = 300
ALIVE = b": alive\n\n"

STILL_SEEN = """
UPDATE messaging_endpoint SET last_seen_at = now()
WHERE id = ANY(%s) RETURNING id
"""


class TabletHub:
    """Wakes the open streams of this process."""

    def __init__(self) -> None:
        self._tablets = OpenTablets()
        self._arrivals = Arrivals(self._tablets)
        self._reader = TownReader()
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self, town: str, token: str, base: str, last_id: int) -> Tablet | None:
        """Register a tablet and queue what it missed; None for a token that is not paired."""
        if not self._tasks or any(task.done() for task in self._tasks):
            self._start()
        return await self._arrivals.open(town, token, base, last_id)

    def close(self, town: str, tablet: Tablet) -> None:
        """Forget a stream that ended."""
        self._tablets.remove(town, tablet)

    def _start(self) -> None:
        for task in self._tasks:
            task.cancel()
        work = (self._listen(), self._note_seen(), self._keep_alive())
        self._tasks = [asyncio.create_task(each) for each in work]

    async def _listen(self) -> None:
        while True:
            try:
                connection = await connect()
                await connection.execute(f"LISTEN {NOTIFICATIONS}")
                await self._broadcast_missed()
                async for notification in connection.notifies():
                    told = json.loads(notification.payload)
                    await self._broadcast(told["town"], told["message"])
            except (psycopg.Error, OSError) as error:
                logger.warning("tablet notifications interrupted (%s); trying again", type(error))
                await asyncio.sleep(0.5 + random.random())

    async def _note_seen(self) -> None:
        """Write down now and then which tablets are there; the others fall silent."""
        while True:
            await asyncio.sleep(NOTE_SEEN_SECONDS)
            for town in self._tablets.towns():
                try:
                    await self._reader.rows(town, STILL_SEEN, [self._tablets.endpoints(town)])
                except (psycopg.Error, OSError) as error:
                    logger.warning("tablets seen were not written down: %s", type(error))

    async def _keep_alive(self) -> None:
        """A word for idle streams, each second for another part of them."""
        for second in count():
            await asyncio.sleep(1)
            for place, tablet in enumerate(self._tablets.all()):
                if (place + second) % HEARTBEAT_SECONDS == 0 and tablet.queue.empty():
                    tablet.offer(ALIVE)

    async def _broadcast_missed(self) -> None:
        for town in self._tablets.towns():
            endpoints = self._tablets.endpoints(town)
            await self._tell(town, UNSEEN, [endpoints, [0] * len(endpoints)])

    async def _broadcast(self, town: str, message: str) -> None:
        endpoints = self._tablets.endpoints(town)
        if endpoints:
            await self._tell(town, UNSEEN_OF_MESSAGE, [message, endpoints])

    async def _tell(self, town: str, query: str, parameters: list[Any]) -> None:
        for row in await self._reader.rows(town, query, parameters):
            self._tablets.tell(town, row)


def retry_line() -> bytes:
    """How long a tablet waits before it comes back, spread so that they do not come at once."""
    return f"retry: {random.randint(1000, 4000)}\n\n".encode()


def public_base(host: str) -> str:
    """Address under which this request came in, for the links in the events."""
    scheme = str(settings.NENRIN.public_url).partition("://")[0]
    return f"{scheme}://{host}"
