"""How often one address may ask. Pages have no such limit: only programs read here."""

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from nenrin.core.limits.decorators import client_address
from nenrin.core.limits.limit import Limit, seconds_to_wait

REQUESTS = Limit("api", 300, 60)


class AddressThrottle(BaseThrottle):
    """Counts in the database like every other limit, so that all processes count together."""

    def __init__(self) -> None:
        self._wait = 0.0

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether this request is within the limit; it is then counted."""
        self._wait = seconds_to_wait(REQUESTS, client_address(request))
        return not self._wait

    def wait(self) -> float | None:
        """Seconds until the next request is answered."""
        return self._wait
