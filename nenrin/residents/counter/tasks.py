"""Jobs of the counter."""

from django.utils import timezone
from procrastinate.contrib.django import app

from nenrin.core.jobs.daily import daily
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope

from .services.erase_old import erase_old
from .services.let_be_found import let_be_found
from .services.remind_bookings import remind_bookings
from .services.set_up_counter import INDEX


@app.periodic(cron=daily("03:23"))
@app.task(queue="sweep", queueing_lock="counter.erase")
def erase_preparations(timestamp: int) -> None:
    """At night: what was prepared thirty days ago is erased."""
    for town in Town.objects.filter(is_active=True):
        with town_scope(town.code):
            erase_old(now=timezone.now())


@app.periodic(cron=daily("17:05"))
@app.task(queue="sweep", queueing_lock="counter.remind")
def remind_of_tomorrow(timestamp: int) -> None:
    """In the late afternoon: tomorrow's bookings."""
    for town in Town.objects.filter(is_active=True):
        with town_scope(town.code):
            remind_bookings(now=timezone.now())


@app.task(name=INDEX, queue="documents")
def let_interviews_be_found(town: str) -> None:
    """Write the interviews' search entries; run again, it writes the same."""
    with town_scope(town):
        let_be_found()
