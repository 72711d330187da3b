"""Which section of the town hall handles what a form says it belongs to."""

import csv
from functools import cache
from pathlib import Path

from nenrin.core.organization.models import Section

DESKS = Path(__file__).parent / "data" / "desks.csv"


@cache
def _names() -> dict[str, tuple[str, ...]]:
    with DESKS.open(encoding="utf-8") as file:
        return {row["owner"]: tuple(row["sections"].split()) for row in csv.DictReader(file)}


def section_for(owner: str) -> Section | None:
    """The section of that name, or the one that does its work in this town; None to be settled."""
    wanted = _names().get(owner, (owner,))
    found = {section.name: section for section in Section.objects.filter(name__in=wanted)}
    return next((found[name] for name in wanted if name in found), None)
