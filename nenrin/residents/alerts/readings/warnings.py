"""Warnings, river floods and tornadoes."""

import csv
from functools import cache
from pathlib import Path

from ..telegrams.bodies.warnings import WarningBody
from ..telegrams.items import RIVER_LEVELS, level_of
from ..telegrams.model import Telegram
from .place import PlaceCodes, Reading, Statement

MUNICIPALITIES = "気象警報・注意報（市町村等）"
TORNADO_MUNICIPALITIES = "竜巻注意情報（市町村等）"
RIVER_REGION = "指定河川洪水予報（予報区域）"


@cache
def _hazards() -> dict[str, tuple[str, int]]:
    path = Path(__file__).resolve().parent.parent / "data" / "hazards.csv"
    with path.open(encoding="utf-8") as file:
        return {row["code"]: (row["hazard"], int(row["strength"])) for row in csv.DictReader(file)}


def read_municipal_warnings(telegram: Telegram, place: PlaceCodes) -> Reading | None:
    """VPWW55 to 61: the municipality's own line. What it does not name is not in force."""
    if not isinstance(telegram.body, WarningBody):
        return None
    lines = [
        line
        for line in telegram.body.statements
        if line.layer == MUNICIPALITIES and line.area.code == place.municipality_area
    ]
    if not lines:
        return None
    found: dict[str, Statement] = {}
    for line in lines:
        for kind in line.kinds:
            hazard, strength = _hazards().get(kind.code or "", ("", 0))
            if not hazard or not kind.is_in_force:
                continue
            level = level_of(telegram, line, kind, kind.code)
            if hazard not in found or found[hazard].strength < strength:
                found[hazard] = Statement(hazard, kind.name or "", strength, level)
    return Reading(telegram.kind.code, tuple(found.values()))


def read_river(telegram: Telegram, place: PlaceCodes) -> Reading | None:
    """VXKO: a river of the town's list, or one that would flood a part of the town."""
    if not isinstance(telegram.body, WarningBody):
        return None
    cities = {code for line in telegram.body.statements for code in line.municipality_codes}
    regions = [entry for entry in telegram.head.digest if entry.layer == RIVER_REGION]
    codes = {area.code for entry in regions for area in entry.areas} | {telegram.head.event_id}
    if not codes & set(place.rivers) and place.municipality_area not in cities:
        return None
    name, code = regions[0].kinds[0] if regions and regions[0].kinds else ("", "")
    level = RIVER_LEVELS.get(code[:1]) if len(code) == 2 else None
    river = "・".join(area.name for entry in regions for area in entry.areas)
    statements = (Statement("river", f"{river} {name}", level, level),) if level else ()
    return Reading(f"VXKO:{telegram.head.event_id}", statements)


def read_tornado(telegram: Telegram, place: PlaceCodes) -> Reading | None:
    """VPHW50/51: in force until the head's ValidDateTime. Both kinds speak of one event."""
    if not isinstance(telegram.body, WarningBody):
        return None
    kinds = [
        kind
        for line in telegram.body.statements
        if line.layer == TORNADO_MUNICIPALITIES and line.area.code == place.municipality_area
        for kind in line.kinds
    ]
    if not kinds:
        return None
    until = telegram.head.valid_datetime
    statements = (Statement("tornado", "竜巻注意情報", 1, None, until),)
    return Reading("VPHW", statements if any(kind.is_in_force for kind in kinds) else ())
