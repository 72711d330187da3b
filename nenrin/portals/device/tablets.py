"""The open streams of this process, and what a tablet is told."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from nenrin.core.messaging.tokens import delivery_token

logger = logging.getLogger(__name__)
QUEUE_LIMIT = 50

# Deliveries that a tablet has not had, from its own last event on; one row for each. From the
# tablet to its newest deliveries: the planner would rather read all that every message went to.
UNSEEN = f"""
WITH newest AS MATERIALIZED (
    SELECT t.endpoint, d.id, d.message_id, d.state
    FROM unnest(%s::bigint[], %s::bigint[]) AS t(endpoint, last)
    CROSS JOIN LATERAL (
        SELECT id, message_id, state FROM messaging_delivery
        WHERE endpoint_id = t.endpoint AND id > t.last ORDER BY id DESC LIMIT {QUEUE_LIMIT}
    ) AS d
)
SELECT n.endpoint, n.id, m.id::text, m.title, m.body, m.severity, m.is_drill, m.asks_safety,
       m.reading
FROM newest n JOIN messaging_message m ON m.id = n.message_id
WHERE m.expires_at > now() AND n.state IN (0, 4)
ORDER BY n.id
"""
UNSEEN_OF_MESSAGE = """
SELECT d.endpoint_id, d.id, m.id::text, m.title, m.body, m.severity, m.is_drill, m.asks_safety,
       m.reading
FROM messaging_delivery d JOIN messaging_message m ON m.id = d.message_id
WHERE m.id = %s::uuid AND d.endpoint_id = ANY(%s) AND m.expires_at > now() AND d.state IN (0, 4)
ORDER BY d.id
"""


@dataclass(slots=True, eq=False)
class Tablet:
    """One open stream; None in its queue means that the tablet has gone."""

    endpoint: int
    base: str
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(QUEUE_LIMIT))
    told: set[int] = field(default_factory=set)

    def tell(self, town: str, row: tuple[Any, ...]) -> None:
        """Queue a row of UNSEEN, once on a stream: two workers' notifications find it twice."""
        if row[1] not in self.told and self.offer(render_event(town, row, self.base)):
            self.told.add(row[1])

    def offer(self, event: bytes) -> bool:
        """Queue an event; a tablet that does not keep up asks again with its last event id."""
        try:
            self.queue.put_nowait(event)
        except asyncio.QueueFull:
            logger.warning("a tablet reads too slowly; it will ask again with its last event id")
            return False
        return True

    def leave(self) -> None:
        """End the stream even if its queue is full."""
        while self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class OpenTablets:
    """All open streams of this process, by town and endpoint."""

    def __init__(self) -> None:
        self._tablets: dict[str, dict[int, set[Tablet]]] = defaultdict(lambda: defaultdict(set))

    def add(self, town: str, tablet: Tablet) -> None:
        self._tablets[town][tablet.endpoint].add(tablet)

    def remove(self, town: str, tablet: Tablet) -> None:
        """Forget a stream that ended."""
        streams = self._tablets[town][tablet.endpoint]
        streams.discard(tablet)
        if not streams:
            self._tablets[town].pop(tablet.endpoint, None)

    def towns(self) -> list[str]:
        return list(self._tablets)

    def endpoints(self, town: str) -> list[int]:
        return list(self._tablets.get(town, ()))

    def all(self) -> Iterator[Tablet]:
        """Every stream."""
        for town in list(self._tablets.values()):
            for streams in list(town.values()):
                yield from tuple(streams)

    def tell(self, town: str, row: tuple[Any, ...]) -> None:
        """Offer a row of UNSEEN to the streams of its endpoint."""
        for tablet in tuple(self._tablets.get(town, {}).get(row[0], ())):
            tablet.tell(town, row)


def render_event(town: str, row: tuple[Any, ...], base: str) -> bytes:
    """One server-sent event from a row of UNSEEN; its id is the delivery's."""
    delivery = row[1]
    token = delivery_token(town, delivery)
    links = json.dumps({"url": f"{base}/m/{token}", "receipt": f"{base}/r/{token}"})
    return f"id: {delivery}\nevent: message\ndata: {_words(row[2:])}, {links[1:]}\n\n".encode()


@lru_cache(maxsize=64)
def _words(message: tuple[Any, ...]) -> str:
    """What is the same for every tablet: the message as an open JSON object."""
    name, title, body, severity, is_drill, asks_safety, reading = message
    data = {
        "id": name,
        "title": f"【訓練】{title}" if is_drill else title,
        "body": body,
        "severity": severity,
        "drill": is_drill,
        "asks_safety": asks_safety,
        "reading": reading or body,
    }
    return json.dumps(data, ensure_ascii=False)[:-1]
