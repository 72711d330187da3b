"""Give a town the plan's measures, steps and goals; what it has already is left alone."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from nenrin.engines.measures.models import Goal, Measure, Step

DATA = Path(__file__).resolve().parent.parent / "data"


@transaction.atomic
def set_up_plan() -> None:
    """Make the plan of the town in scope, unless it has one. Safe to repeat."""
    if Measure.objects.exists():
        return
    measures = {
        row["code"]: Measure.objects.create(position=position, **row)
        for position, row in enumerate(_rows("measures"))
    }
    for row in _rows("steps"):
        step_of = measures[row.pop("measure")]
        Step.objects.create(measure=step_of, **row | {"fiscal_year": int(row["fiscal_year"])})
    for row in _rows("goals"):
        measure, target, due = row.pop("measure"), row.pop("target"), row.pop("due_fiscal_year")
        Goal.objects.create(
            measure=measures[measure],
            target=float(target) if target else None,
            due_fiscal_year=int(due) if due else None,
            **row,
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
