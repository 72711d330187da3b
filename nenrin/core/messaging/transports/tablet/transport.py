"""Tablets: one NOTIFY wakes the live stream, which reads the deliveries and pushes them.

The stream's own receipt makes a delivery delivered; here it is only sent.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from ..contract import Fate, Outcome, Parcel, Transport, Words

CHANNEL = "nenrin_tablet"


class TabletTransport(Transport):
    key = "tablet"
    label = "家のタブレット"
    shard_size = 5000

    def send(self, options: Any, words: Words, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        if not parcels:
            return
        wake_streams(words)
        for parcel in parcels:
            yield Outcome(parcel.delivery_id, Fate.SENT)


def wake_streams(words: Words) -> None:
    """Tell every stream process of this town that there is something to fetch."""
    payload = json.dumps({"town": words.town_code, "message": words.message_id})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
