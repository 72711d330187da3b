"""Which town a host name is; remembered for a few seconds, for thousands ask at once."""

import asyncio
import time

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http.request import validate_host

from nenrin.core.tenancy.middleware import find_town

REMEMBER_SECONDS = 5.0
MOST_HOSTS = 1000


class TownsByHost:
    """Asks the database once for a host, however many wait for the answer."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, asyncio.Task[str]]] = {}

    async def code(self, host: str) -> str | None:
        """Code of the host's town; "" where there is none, None for a host that is not ours."""
        if not validate_host(host.rpartition(":")[0] or host, settings.ALLOWED_HOSTS):
            return None
        until, asked = self._known.get(host, (0.0, None))
        if asked is None or time.monotonic() > until or (asked.done() and not _found(asked)):
            if len(self._known) >= MOST_HOSTS:
                self._known.clear()
            asked = asyncio.create_task(_ask(host))
            self._known[host] = (time.monotonic() + REMEMBER_SECONDS, asked)
        return await asyncio.shield(asked)


def _found(asked: asyncio.Task[str]) -> bool:
    return not asked.cancelled() and not asked.exception() and bool(asked.result())


async def _ask(host: str) -> str:
    return await sync_to_async(_code, thread_sensitive=False)(host)


def _code(host: str) -> str:
    try:
        town = find_town(host)
    except (InterfaceError, OperationalError):
        # This thread's connection is from before the server restarted: once more with a new one.
        connection.close()
        town = find_town(host)
    return town.code if town else ""
