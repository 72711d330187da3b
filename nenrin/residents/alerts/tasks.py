"""Jobs of the alerts."""

from procrastinate.contrib.django import app

from nenrin.core.tenancy.scope import town_scope

from .models import Telegram
from .services.ingest_telegram import READ
from .services.read_telegram import read_telegram
from .telegrams.parse import parse_telegram


@app.task(name=READ, queue="alerts")
def read_for_town(town: str, telegram: int) -> None:
    """Let one town read a stored telegram."""
    row = Telegram.objects.get(pk=telegram)
    with town_scope(town):
        read_telegram(row=row, parsed=parse_telegram(bytes(row.raw)))
