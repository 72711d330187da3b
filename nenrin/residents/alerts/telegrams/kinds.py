"""Kinds of telegrams by Control/Title (kinds.csv; source: 気象庁 XML電文一覧).

Transitional kinds are issued beside their successors until about 2028 (経過措置): they are read and
kept, and announce nothing.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TelegramKind:
    """A kind's data type code, the family of its body, and whether it only repeats another."""

    title: str
    code: str
    family: str
    is_transitional: bool


@cache
def _table() -> dict[str, TelegramKind]:
    with (Path(__file__).parent / "kinds.csv").open(encoding="utf-8") as file:
        return {
            row["title"]: TelegramKind(
                row["title"], row["code"], row["family"], row["transitional"] == "1"
            )
            for row in csv.DictReader(file)
        }


def kind_of(title: str) -> TelegramKind:
    """The kind of a Control/Title; an unlisted one has no code and only its head is read."""
    return _table().get(title) or TelegramKind(title, "", "", False)
