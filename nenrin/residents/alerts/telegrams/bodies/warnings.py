"""Bodies with ``Warning`` elements: warnings, river floods, landslides, tornadoes, record rain."""

from dataclasses import dataclass
from datetime import datetime

from ..document import Element
from ..elements import find_all, moment, optional, text
from ..places import Area, areas_of
from .information import TimeSeries, read_series
from .properties import Property, read_properties

NOTHING_IN_FORCE = "発表警報・注意報はなし"
LIFTED = "解除"
LEVEL_QUANTITY = "危険度"


@dataclass(frozen=True, slots=True)
class KindStatement:
    """What a telegram says about one kind in one area.

    ``code`` and ``name`` are None where nothing is in force. A lifted warning keeps its own code,
    so never decide by the code alone: use `is_in_force`.
    """

    name: str | None
    code: str | None
    status: str | None
    condition: str | None
    last_name: str | None
    last_code: str | None
    additions: tuple[str, ...]
    properties: tuple[Property, ...]

    @property
    def is_in_force(self) -> bool:
        """Whether this kind holds after the telegram."""
        ended = self.status in (LIFTED, NOTHING_IN_FORCE, "なし") or self.code in (None, "00", "0")
        return not ended

    @property
    def significancies(self) -> tuple[str, ...]:
        """Codes of the danger levels (Significancy) beside the kind, without time series."""
        return tuple(
            value.written
            for part in self.properties
            for value in part.values
            if value.quantity.endswith(LEVEL_QUANTITY) and not value.time
        )


@dataclass(frozen=True, slots=True)
class AreaStatement:
    """All kinds of one area on one layer (the ``type`` of its ``Warning``)."""

    layer: str
    area: Area
    kinds: tuple[KindStatement, ...]
    change: str
    full: str
    municipality_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WarningBody:
    """All statements, on every layer, with the sentences and time series beside them."""

    statements: tuple[AreaStatement, ...]
    target_area: Area | None
    series: tuple[TimeSeries, ...]
    notice: str
    comment: str
    valid_until: datetime | None


def read_warnings(body: Element) -> WarningBody:
    """Read a body whose statements are in ``Warning`` elements."""
    statements = tuple(
        statement
        for warning in find_all(body, "Warning")
        for item in find_all(warning, "Item")
        for statement in _statements(warning.get("type", ""), item)
    )
    target = find_all(body, "TargetArea")
    return WarningBody(
        statements=statements,
        target_area=Area(text(target[0], "Name"), text(target[0], "Code")) if target else None,
        series=read_series(body),
        notice=text(body, "Notice"),
        comment=text(body, "Comment/Text"),
        valid_until=moment(body, "ValidDateTime"),
    )


def _statements(layer: str, item: Element) -> list[AreaStatement]:
    kinds = tuple(_kind(kind) for kind in find_all(item, "Kind"))
    cities = tuple(text(area, "CityCode") for area in find_all(item, "Areas/Area"))
    return [
        AreaStatement(
            layer,
            area,
            kinds,
            text(item, "ChangeStatus"),
            text(item, "FullStatus"),
            tuple(code for code in cities if code),
        )
        for area in areas_of(item)
    ]


def _kind(kind: Element) -> KindStatement:
    return KindStatement(
        name=optional(kind, "Name"),
        code=optional(kind, "Code"),
        status=optional(kind, "Status"),
        condition=optional(kind, "Condition"),
        last_name=optional(kind, "LastKind/Name"),
        last_code=optional(kind, "LastKind/Code"),
        additions=tuple((note.text or "").strip() for note in find_all(kind, "Addition/Note")),
        properties=read_properties(kind),
    )
