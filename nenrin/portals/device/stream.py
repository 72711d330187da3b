"""The tablets' live stream: server-sent events fed by PostgreSQL notifications.

One LISTEN connection for the process; each message is rendered to bytes once per tablet batch, and
a tablet that comes back is given what it missed since its Last-Event-ID (WHATWG HTML, 9.2).
"""

import asyncio
import hashlib
import json
import logging
import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.conf import settings

from nenrin.core.messaging.tokens import delivery_token

from .connection import connect, enter_town

logger = logging.getLogger(__name__)
NOTIFICATIONS = "nenrin_tablet"
HEARTBEAT_SECONDS = 20
NOTE_SEEN_SECONDS = 300
QUEUE_LIMIT = 50

FIND_TABLET = """
UPDATE messaging_endpoint SET last_seen_at = now()
WHERE kind = 'tablet' AND keys->>'token_hash' = %s AND retired_at IS NULL
RETURNING id
"""
STILL_SEEN = """
UPDATE messaging_endpoint SET last_seen_at = now()
WHERE id = ANY(%s) RETURNING id
"""
UNSEEN = """
SELECT d.endpoint_id, d.id, m.id::text, m.title, m.body, m.severity, m.is_drill, m.asks_safety,
       m.reading
FROM messaging_delivery d JOIN messaging_message m ON m.id = d.message_id
WHERE d.endpoint_id = ANY(%s) AND d.id > %s AND m.expires_at > now() AND d.state IN (0, 4)
  AND (%s::uuid IS NULL OR m.id = %s::uuid)
ORDER BY d.id
"""


@dataclass(slots=True, eq=False)
class Tablet:
    """One open stream."""

    endpoint: int
    base: str
    queue: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(QUEUE_LIMIT))


class TabletHub:
    """All open streams of this process, by town and endpoint."""

    def __init__(self) -> None:
        self._tablets: dict[str, dict[int, set[Tablet]]] = defaultdict(lambda: defaultdict(set))
        self._listener: asyncio.Task[None] | None = None
        self._noter: asyncio.Task[None] | None = None
        self._reader = asyncio.Lock()
        self._connection: psycopg.AsyncConnection[Any] | None = None

    async def open(self, town: str, token: str, base: str, last_id: int) -> Tablet | None:
        """Register a tablet and queue what it missed; None for a token that is not paired."""
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
            self._noter = asyncio.create_task(self._note_seen())
        digest = hashlib.sha256(token.encode()).hexdigest()
        rows = await self._read(town, FIND_TABLET, [digest])
        if not rows:
            return None
        tablet = Tablet(rows[0][0], base)
        self._tablets[town][tablet.endpoint].add(tablet)
        for row in await self._read(town, UNSEEN, [[tablet.endpoint], last_id, None, None]):
            _offer(tablet, town, row)
        return tablet

    def close(self, town: str, tablet: Tablet) -> None:
        """Forget a stream that ended."""
        streams = self._tablets[town][tablet.endpoint]
        streams.discard(tablet)
        if not streams:
            self._tablets[town].pop(tablet.endpoint, None)

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
            for town, tablets in list(self._tablets.items()):
                try:
                    await self._read(town, STILL_SEEN, [list(tablets)])
                except (psycopg.Error, OSError) as error:
                    logger.warning("tablets seen were not written down: %s", type(error))

    async def _broadcast_missed(self) -> None:
        for town in list(self._tablets):
            await self._broadcast(town, None)

    async def _broadcast(self, town: str, message: str | None) -> None:
        tablets = self._tablets.get(town)
        if not tablets:
            return
        for row in await self._read(town, UNSEEN, [list(tablets), 0, message, message]):
            for tablet in tuple(tablets.get(row[0], ())):
                _offer(tablet, town, row)

    async def _read(self, town: str, query: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        async with self._reader:
            try:
                return await self._ask(town, query, parameters)
            except psycopg.OperationalError:
                # The kept connection is from before the server restarted: once more with a new one.
                if self._connection is not None:
                    await self._connection.close()
                self._connection = None
                return await self._ask(town, query, parameters)

    async def _ask(self, town: str, query: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        if self._connection is None or self._connection.closed:
            self._connection = await connect(autocommit=False)
        async with self._connection.transaction():
            await enter_town(self._connection, town)
            cursor = await self._connection.execute(query, parameters)
            return await cursor.fetchall()


def _offer(tablet: Tablet, town: str, row: tuple[Any, ...]) -> None:
    try:
        tablet.queue.put_nowait(render_event(town, row, tablet.base))
    except asyncio.QueueFull:
        logger.warning("a tablet reads too slowly; it will ask again with its last event id")


def render_event(town: str, row: tuple[Any, ...], base: str) -> bytes:
    """One server-sent event from a row of UNSEEN; its id is the delivery's."""
    _, delivery, message, title, body, severity, is_drill, asks_safety, reading = row
    token = delivery_token(town, delivery)
    data = {
        "id": message,
        "title": f"【訓練】{title}" if is_drill else title,
        "body": body,
        "severity": severity,
        "drill": is_drill,
        "asks_safety": asks_safety,
        "reading": reading or body,
        "url": f"{base}/m/{token}",
        "receipt": f"{base}/r/{token}",
    }
    text = json.dumps(data, ensure_ascii=False)
    return f"id: {delivery}\nevent: message\ndata: {text}\n\n".encode()


def retry_line() -> bytes:
    """How long a tablet waits before it comes back, spread so that they do not come at once."""
    return f"retry: {random.randint(1000, 4000)}\n\n".encode()


def public_base(host: str) -> str:
    """Address under which this request came in, for the links in the events."""
    scheme = str(settings.NENRIN.public_url).partition("://")[0]
    return f"{scheme}://{host}"
