"""Jobs of the alerts."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from nenrin.core.tenancy.scope import town_scope

from .feeds.rounds import HIGH_FREQUENCY, LONG, LONG_BUDGET, REGULAR, SHORT_BUDGET, poll_round
from .models import Telegram
from .services.ingest_telegram import READ
from .services.read_telegram import read_telegram
from .telegrams.parse import parse_telegram

FEED_PRIORITY = 30


@app.task(name=READ, queue="alerts")
def read_for_town(town: str, telegram: int) -> None:
    """Let one town read a stored telegram."""
    row = Telegram.objects.get(pk=telegram)
    with town_scope(town):
        read_telegram(row=row, parsed=parse_telegram(bytes(row.raw)))


@app.periodic(cron="* * * * * */20")
@app.task(queue="alerts", queueing_lock="alerts.feeds.high", priority=FEED_PRIORITY)
def poll_high_frequency_feeds(timestamp: int) -> None:
    """Warnings and earthquakes."""
    if poll_round(HIGH_FREQUENCY, budget=SHORT_BUDGET):
        catch_up()


@app.periodic(cron="* * * * *")
@app.task(queue="alerts", queueing_lock="alerts.feeds.regular")
def poll_regular_feeds(timestamp: int) -> None:
    """Forecasts and everything else."""
    if poll_round(REGULAR, budget=SHORT_BUDGET):
        catch_up()


@app.periodic(cron="*/10 * * * *")
@app.task(queue="alerts", queueing_lock="alerts.feeds.long")
def poll_long_feeds(timestamp: int = 0) -> None:
    """The feeds of several days: what a short one dropped while we did not look."""
    poll_round(LONG, budget=LONG_BUDGET)


def catch_up() -> None:
    """Read the long feeds now; a round that is queued already will do."""
    try:
        with transaction.atomic():
            poll_long_feeds.defer()
    except AlreadyEnqueued:
        pass
