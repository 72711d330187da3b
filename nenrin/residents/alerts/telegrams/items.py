"""A telegram as rows: what each says about which area, for machines to read."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .bodies.earthquake import EarthquakeBody
from .bodies.warnings import AreaStatement, KindStatement, WarningBody
from .errors import TelegramError
from .model import Telegram
from .parse import parse_telegram

LEVELS = {"21": 2, "22": 2, "31": 3, "41": 4, "51": 5}
LANDSLIDE_WARNING = "VXWW50"
RIVER_FLOOD = "VXKO"
RIVER_LEVELS = {"2": 2, "3": 3, "4": 4, "5": 5}


@dataclass(frozen=True, slots=True)
class WarningItem:
    """One kind in one area; ``level`` is the 警戒レベル相当 2 to 5, None outside the scheme."""

    layer: str
    area_code: str
    area_name: str
    kind_code: str | None
    kind_name: str | None
    status: str | None
    level: int | None


@dataclass(frozen=True, slots=True)
class IntensityItem:
    """The intensity of one area, city or station, as written."""

    layer: str
    area_code: str
    area_name: str
    intensity: str | None


def items(telegram: Telegram) -> list[WarningItem] | list[IntensityItem]:
    """Rows of a telegram with warnings or intensities; empty for every other kind."""
    if isinstance(telegram.body, WarningBody):
        return list(_warning_items(telegram, telegram.body))
    if isinstance(telegram.body, EarthquakeBody):
        return [
            IntensityItem(found.layer, found.code, found.name, found.intensity)
            for found in telegram.body.intensities
            if found.layer != "pref"
        ]
    return []


def _warning_items(telegram: Telegram, body: WarningBody) -> Iterator[WarningItem]:
    rivers = _river_kinds(telegram)
    for statement in body.statements:
        for kind in statement.kinds:
            name, code = kind.name, kind.code
            if name is None and code is None:
                name, code = rivers.get(statement.area.code, (None, None))
            yield WarningItem(
                layer=statement.layer,
                area_code=statement.area.code,
                area_name=statement.area.name,
                kind_code=code,
                kind_name=name,
                status=kind.status,
                level=level_of(telegram, statement, kind, code),
            )


def _river_kinds(telegram: Telegram) -> dict[str, tuple[str, str]]:
    """Name and code of each river's flood forecast, which only the headline carries."""
    if telegram.kind.code != RIVER_FLOOD:
        return {}
    return {
        area.code: entry.kinds[0]
        for entry in telegram.head.digest
        if entry.kinds
        for area in entry.areas
    }


def level_of(
    telegram: Telegram, statement: AreaStatement, kind: KindStatement, code: str | None
) -> int | None:
    """警戒レベル相当 of a statement.

    From Significancy for VPWW55 to 61 (コード管理表 Significancy); from the code's first digit for
    river floods; 4 for a 土砂災害警戒情報 in force (内閣府 避難情報に関するガイドライン, 2021).
    """
    if telegram.kind.code == RIVER_FLOOD:
        is_river = code is not None and len(code) == 2 and not statement.municipality_codes
        return RIVER_LEVELS.get(code[0]) if is_river and code else None
    if telegram.kind.code == LANDSLIDE_WARNING:
        return 4 if kind.is_in_force else None
    return max((LEVELS[c] for c in kind.significancies if c in LEVELS), default=None)


def to_json_object(file_name: str, telegram: Telegram) -> dict[str, Any]:
    """The object that ``nenrin telegram --json`` prints for one file."""
    return {
        "file": file_name,
        "title": telegram.control.title,
        "status": str(telegram.control.status),
        "info_type": str(telegram.head.info_type),
        "report_datetime": telegram.head.report_datetime_text,
        "event_id": telegram.head.event_id,
        "serial": telegram.head.serial,
        "headline": telegram.head.headline,
        "items": [asdict(item) for item in items(telegram)],
    }


def describe_files(paths: Iterable[str]) -> Iterator[tuple[dict[str, Any], bool]]:
    """For each file its object and whether it could be read."""
    for path in paths:
        try:
            yield to_json_object(path, parse_telegram(Path(path).read_bytes())), True
        except OSError as error:
            yield {"file": path, "error": f"ファイルが読めません: {error.strerror}"}, False
        except TelegramError as error:
            yield {"file": path, "error": str(error)}, False
