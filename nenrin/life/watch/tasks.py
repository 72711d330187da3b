"""Jobs of the watch."""

from django.utils import timezone
from procrastinate.contrib.django import app

from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope

from .services.open_concern import look_after


@app.periodic(cron="*/10 * * * *")
@app.task(queue="sweep", queueing_lock="watch.look_after")
def look_after_households(timestamp: int) -> None:
    """Find households whose 元気です is missing and tablets that are silent."""
    for town in Town.objects.filter(is_active=True):
        with town_scope(town.code):
            look_after(now=timezone.now())
