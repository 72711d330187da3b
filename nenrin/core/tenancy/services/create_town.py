"""Add a town to this installation."""

import csv
from pathlib import Path

from django.db import transaction

from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.rules import is_municipality_code

TOWNS = Path(__file__).resolve().parent.parent / "data" / "towns.csv"


class TownRefused(Exception):
    """The town cannot be added; the text says why, in Japanese."""


def known_towns() -> dict[str, dict[str, str]]:
    """The towns of towns.csv by their code."""
    with TOWNS.open(encoding="utf-8") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


@transaction.atomic
def create_town(*, code: str) -> Town:
    """Add a town of 新庄最上 by its municipality code; one that is there already is returned.

    Raises TownRefused for a wrong check digit or a town that towns.csv does not hold.
    """
    if not is_municipality_code(code):
        raise TownRefused(
            f"{code} は全国地方公共団体コードではありません（検査数字が合いません）。"
        )
    row = known_towns().get(code)
    if row is None:
        known = "、".join(f"{r['code']} {r['name']}" for r in known_towns().values())
        raise TownRefused(f"{code} の町の情報がありません。加えられる町: {known}")
    fields = ("name", "name_kana", "name_en", "slug")
    town, _ = Town.objects.get_or_create(code=code, defaults={f: row[f] for f in fields})
    return town
