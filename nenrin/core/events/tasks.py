"""Jobs of the outbox."""

from procrastinate.contrib.django import app

from nenrin.core.tenancy.scope import town_scope

from .bus import HAND_OVER, handle


@app.task(name=HAND_OVER, queue="events")
def hand_event_to_listener(town: str, event: int, listener: str) -> None:
    """Run one listener for one event inside its town."""
    with town_scope(town):
        handle(event, listener)
