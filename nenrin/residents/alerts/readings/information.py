"""Telegrams that tell rather than warn: each issue is an event of its own."""

from collections.abc import Iterator

from ..telegrams.bodies.information import InformationBody
from ..telegrams.bodies.volcano import VolcanoBody
from ..telegrams.model import Telegram
from .place import PlaceCodes, Reading, Statement


def read_flash(telegram: Telegram, place: PlaceCodes) -> Reading | None:
    """VPBS50: 記録的短時間大雨, 顕著な大雪 and the like, when it names the town's surroundings."""
    if not any(place.covers(code) for code in _named_codes(telegram)):
        return None
    source = f"VPBS50:{telegram.head.event_id or telegram.head.title}"
    return Reading(source, (Statement("flash", telegram.head.title, 1),))


def read_heat(telegram: Telegram, place: PlaceCodes) -> Reading | None:
    """VPFT50: one a day for the prefecture."""
    if not any(place.covers(code) for code in _named_codes(telegram)):
        return None
    day = telegram.head.target_datetime or telegram.head.report_datetime
    return Reading(f"VPFT50:{day:%Y%m%d}", (Statement("heat", "熱中症警戒アラート", 1),))


def read_volcano_warning(telegram: Telegram, place: PlaceCodes) -> Reading | None:
    """VFVO50/56 that name the municipality."""
    if not isinstance(telegram.body, VolcanoBody):
        return None
    found = [
        line
        for line in telegram.body.statements
        if any(area.code == place.municipality_area for area in line.areas)
    ]
    if not found:
        return None
    name = f"{telegram.head.title} {found[0].kind_name}"
    return Reading(f"volcano:{telegram.head.event_id}", (Statement("volcano", name[:80], 1),))


def _named_codes(telegram: Telegram) -> Iterator[str]:
    for entry in telegram.head.digest:
        yield from (area.code for area in entry.areas)
    if isinstance(telegram.body, InformationBody):
        for table in telegram.body.series:
            for item in table.items:
                yield from (area.code for area in item.areas)
