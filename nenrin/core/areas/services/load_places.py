"""Load the codes, districts and shelters of the town in scope from the CSV files."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from nenrin.core.tenancy.scope import current_town_code

from ..models import District, Oaza, Shelter, TownPlace

DATA = Path(__file__).resolve().parent.parent / "data"
NOT_FIELDS = ("town", "source")


@transaction.atomic
def load_places() -> None:
    """Make or refresh the town's 気象庁 codes, 大字, districts and shelters."""
    for row in _rows("places.csv"):
        fields = {name: value for name, value in row.items() if name not in NOT_FIELDS}
        TownPlace.objects.update_or_create(defaults=fields)
    for row in _rows("districts.csv"):
        _load_district(row)
    for row in _rows("shelters.csv"):
        _load_shelter(row)


def _rows(name: str) -> Iterator[dict[str, str]]:
    town = current_town_code()
    with (DATA / name).open(encoding="utf-8") as file:
        yield from (row for row in csv.DictReader(file) if row["town"] == town)


def _load_district(row: dict[str, str]) -> None:
    oaza, _ = Oaza.objects.get_or_create(name=row["oaza"], defaults={"name_kana": row["oaza_kana"]})
    District.objects.update_or_create(
        code=row["code"],
        defaults={
            "name": row["name"],
            "name_kana": row["name_kana"],
            "oaza": oaza,
            "latitude": float(row["latitude"]) if row["latitude"] else None,
            "longitude": float(row["longitude"]) if row["longitude"] else None,
        },
    )


def _load_shelter(row: dict[str, str]) -> None:
    Shelter.objects.update_or_create(
        name=row["name"],
        defaults={
            "address": row["address"],
            "latitude": float(row["latitude"]),
            "longitude": float(row["longitude"]),
            "hazards": row["hazards"].split(),
            "is_living_shelter": row["is_living_shelter"] == "1",
            "source": row["source"],
        },
    )
