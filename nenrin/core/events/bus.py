"""Typed events: announced by the module where they happen, heard by `nenrin.wiring`."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from procrastinate.contrib.django import app

from nenrin.core.registry.registry import Registry

from .models import HandledEvent, OutboxEvent

EventT = TypeVar("EventT")
HAND_OVER = "nenrin.core.events.tasks.hand_event_to_listener"


@dataclass(frozen=True)
class Listener:
    """One sentence between modules: when this event has happened, do that."""

    key: str
    event_type: type
    act: Callable[[Any], None]


listeners: Registry[Listener] = Registry("listener")


def listen(event_type: type[EventT], act: Callable[[EventT], None]) -> None:
    """Let ``act`` run in a worker, within the town's scope, for each event of this type."""
    listeners.register(Listener(f"{act.__module__}.{act.__name__}", event_type, act))


def announce(event: object) -> OutboxEvent:
    """Write the fact and the jobs of its listeners; both exist only if the transaction commits.

    ``event`` is a frozen dataclass of plain JSON values.
    """
    name = type(event).__name__
    row = OutboxEvent.objects.create(name=name, payload=asdict(event))  # type: ignore[call-overload]
    for listener in listeners:
        if listener.event_type is type(event):
            job = app.configure_task(name=HAND_OVER, queue="events")
            job.defer(town=row.town_id, event=row.pk, listener=listener.key)
    return row


def handle(event_id: int, listener_key: str) -> None:
    """Run one listener for one event, once; call it inside the town's scope."""
    listener = listeners.get(listener_key)
    row = OutboxEvent.objects.get(pk=event_id)
    _, is_first = HandledEvent.objects.get_or_create(event=row, listener=listener_key)
    if is_first:
        listener.act(listener.event_type(**row.payload))
