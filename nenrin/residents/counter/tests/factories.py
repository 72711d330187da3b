"""Services and windows for tests, and a moment within the hours."""

from datetime import datetime, time
from typing import Any

from nenrin.core.areas.japan import JST

from ..models import Duty, Service, Ticket, Window
from ..services.take_ticket import Taker, take_ticket

# A Monday morning.
MORNING = datetime(2026, 11, 30, 10, 0, tzinfo=JST)


def make_service(code: str = "general", prefix: str = "A", **fields: Any) -> Service:
    """A service that is open from half past eight."""
    known = {"name": "総合窓口", "opens": time(8, 30), "closes": time(17, 15)}
    return Service.objects.create(code=code, prefix=prefix, **(known | fields))


def make_window(number: int, *services: Service) -> Window:
    """A window that does these services."""
    window = Window.objects.create(number=number)
    Duty.objects.bulk_create(Duty(window=window, service=service) for service in services)
    return window


def take(service: Service, source: str = "clerk", **fields: Any) -> Ticket:
    """The next number."""
    return take_ticket(service=service, taker=Taker(Ticket.Source(source), **fields))
