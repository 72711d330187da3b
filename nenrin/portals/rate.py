"""How often one visitor may do a thing in an hour."""

import hashlib
import time

from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 3600


def may_try(request: HttpRequest, action: str, limit: int, key: str = "") -> bool:
    """Count a try by this address (or ``key``); False where it is one too many in this hour.

    The address itself is not kept.
    """
    who = key or request.META.get("REMOTE_ADDR", "")
    name = hashlib.sha256(f"{action}:{who}:{int(time.time() // WINDOW)}".encode()).hexdigest()
    tries = cache.get(name, 0) + 1
    cache.set(name, tries, WINDOW)
    return bool(tries <= limit)
