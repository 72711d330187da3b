"""Compare a resident system's file with the town: what would change, before anything does."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from nenrin.core.areas.models import District

from ..household_csv import BadRow, PersonRow, read_rows
from ..models import Household, Person

PERSON_FIELDS = (
    "family_name", "given_name", "family_name_kana", "given_name_kana", "birth_date", "sex",
    "is_head",
)  # fmt: skip


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do: 住民番号 of the persons concerned, and the lines it cannot take."""

    rows: tuple[PersonRow, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    moved_away: tuple[str, ...]
    unchanged: int
    bad_rows: tuple[BadRow, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the town is as the file says already."""
        return not (self.added or self.changed or self.moved_away)


def plan_import(*, data: bytes) -> ImportPlan:
    """Plan an import into the town in scope; nothing is written. Raises CsvRefused."""
    rows, bad = read_rows(data, timezone.localdate())
    bad += _bad_together(rows)
    known = _known_persons()
    wanted = {row.number: _wanted(row) for row in rows}
    living = {number for number, (facts, left) in known.items() if left is None}
    changed = [
        number
        for number, facts in wanted.items()
        if number in known and (known[number][0] != facts or known[number][1] is not None)
    ]
    return ImportPlan(
        rows=tuple(rows),
        added=tuple(number for number in wanted if number not in known),
        changed=tuple(changed),
        moved_away=tuple(sorted(living - set(wanted))),
        unchanged=len(living & set(wanted)) - len(living & set(changed)),
        bad_rows=tuple(sorted(bad, key=lambda one: one.line)),
    )


def _wanted(row: PersonRow) -> tuple[object, ...]:
    person = tuple(getattr(row, name) for name in PERSON_FIELDS)
    return (*person, row.household, row.district, row.neighbourhood, row.address)


def _known_persons() -> dict[str, tuple[tuple[object, ...], date | None]]:
    rows = Person.objects.filter(household__isnull=False).values_list(
        "number", "left_on", "household__number", "household__district__code",
        "household__neighbourhood__number", "household__address", *PERSON_FIELDS,
    )  # fmt: skip
    return {row[0]: ((*row[6:], *row[2:6]), row[1]) for row in rows}


def _bad_together(rows: list[PersonRow]) -> list[BadRow]:
    codes = set(District.objects.values_list("code", flat=True))
    found = [
        BadRow(row.line, "「地区コード」がこの町にありません")
        for row in rows
        if row.district not in codes
    ]
    outside = set(Person.objects.filter(household=None).values_list("number", flat=True))
    found += [
        BadRow(row.line, "「住民番号」が町外の家族の番号と重なっています")
        for row in rows
        if row.number in outside
    ]
    seen: dict[str, int] = {}
    for row in rows:
        if row.number in seen:
            found.append(BadRow(row.line, f"「住民番号」が {seen[row.number]} 行目と同じです"))
        seen.setdefault(row.number, row.line)
    homes: dict[str, list[PersonRow]] = defaultdict(list)
    for row in rows:
        homes[row.household].append(row)
    return found + [bad for home in homes.values() for bad in _bad_home(home)]


def _bad_home(home: list[PersonRow]) -> Iterator[BadRow]:
    heads = sum(row.is_head for row in home)
    if heads != 1:
        words = "いません" if heads == 0 else f"{heads} 人います"
        yield BadRow(home[0].line, f"この世帯に世帯主が{words}。1人にしてください")
    place = (home[0].district, home[0].neighbourhood, home[0].address)
    for row in home[1:]:
        if (row.district, row.neighbourhood, row.address) != place:
            yield BadRow(row.line, "同じ世帯の人と、地区・班・住所がちがいます")


def households_to_leave(rows: tuple[PersonRow, ...]) -> list[str]:
    """Numbers of households in the town that the file does not name any more."""
    named = {row.household for row in rows}
    numbers = Household.objects.filter(left_on=None).values_list("number", flat=True)
    return [number for number in numbers if number not in named]
