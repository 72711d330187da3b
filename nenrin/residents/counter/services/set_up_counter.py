"""Give a town its first services, windows and times to book; what is there already stays."""

import csv
from collections.abc import Iterator
from datetime import time
from pathlib import Path

from django.db import transaction
from procrastinate.contrib.django import app

from nenrin.core.search.models import SearchEntry
from nenrin.core.tenancy.scope import current_town_code
from nenrin.engines.bookings.models import Resource
from nenrin.engines.bookings.rules import Times
from nenrin.engines.bookings.services.set_pattern import set_pattern

from ..models import Duty, Service, Window
from .let_be_found import SEARCH_KIND

INDEX = "nenrin.residents.counter.tasks.let_interviews_be_found"
DATA = Path(__file__).parent.parent / "data"


@transaction.atomic
def set_up_counter() -> None:
    """Places only where the town has none; staff change them on their settings page."""
    if not Service.objects.exists():
        _services()
    if not Resource.objects.exists():
        for row in _rows("resources.csv"):
            _resource(row)
    if not SearchEntry.objects.filter(kind=SEARCH_KIND).exists():
        # A worker does it: reading the dictionary would hold up the start.
        job = app.configure_task(name=INDEX, queue="documents", schedule_in={"seconds": 60})
        job.defer(town=current_town_code())


def _services() -> None:
    for order, row in enumerate(_rows("services.csv")):
        service = Service.objects.create(
            code=row["code"],
            name=row["name"],
            prefix=row["prefix"],
            owners=row["owners"].split(),
            usual_minutes=int(row["usual_minutes"]),
            opens=time.fromisoformat(row["opens"]),
            closes=time.fromisoformat(row["closes"]),
            order=order,
        )
        for number in row["windows"].split():
            window, _ = Window.objects.get_or_create(number=int(number))
            Duty.objects.create(window=window, service=service)


def _resource(row: dict[str, str]) -> None:
    fields = {
        "name": row["name"],
        "place": row["place"],
        "is_room": bool(row["room"]),
        "seats": int(row["seats"]),
        "first_day": int(row["first_day"]),
        "days": int(row["days"]),
        "is_every_day": bool(row["every_day"]),
        "order": Resource.objects.count(),
    }
    set_pattern(key=row["key"], fields=fields, times=[*_times(row)], acting_user="system")


def _times(row: dict[str, str]) -> Iterator[Times]:
    for span in row["times"].split():
        starts, ends = (time.fromisoformat(part) for part in span.split("-"))
        for weekday in row["weekdays"]:
            yield Times(int(weekday), starts, ends, int(row["minutes"]))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
