"""How names of this area are read: no dictionary knows them all."""

import csv
from collections.abc import Iterator
from pathlib import Path

from nenrin.core.language.furigana import KANJI, LocalReading, local_readings
from nenrin.core.tenancy.services.create_town import TOWNS

DISTRICTS = Path(__file__).resolve().parent / "data" / "districts.csv"


def _names() -> Iterator[tuple[str, str]]:
    with TOWNS.open(encoding="utf-8") as file:
        yield from ((row["name"], row["name_kana"]) for row in csv.DictReader(file))
    with DISTRICTS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["name"], row["name_kana"]
            yield row["oaza"], row["oaza_kana"]


for name, kana in dict(_names()).items():
    if kana and KANJI.search(name) and len(name) > 1:
        local_readings.register(LocalReading(name, kana))
