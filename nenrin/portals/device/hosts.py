"""Which town a host name is; remembered for a few seconds, for thousands ask at once."""

import time

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http.request import validate_host

from nenrin.core.tenancy.middleware import find_town

REMEMBER_SECONDS = 5.0
MOST_HOSTS = 1000
_remembered: dict[str, tuple[float, str]] = {}


async def town_of(host: str) -> str | None:
    """Code of the host's town; "" where there is none, None for a host that is not ours."""
    if not validate_host(host.rpartition(":")[0] or host, settings.ALLOWED_HOSTS):
        return None
    until, code = _remembered.get(host, (0.0, ""))
    if code and time.monotonic() < until:
        return code
    town = await sync_to_async(find_town, thread_sensitive=False)(host)
    code = town.code if town else ""
    if len(_remembered) >= MOST_HOSTS:
        _remembered.clear()
    _remembered[host] = (time.monotonic() + REMEMBER_SECONDS, code)
    return code
