"""Eruption warnings, observations and flashes."""

from dataclasses import dataclass
from datetime import datetime

from ..document import Element
from ..elements import find, find_all, moment, optional, text
from ..places import Area, areas_of


@dataclass(frozen=True, slots=True)
class VolcanoStatement:
    """A kind (噴火警戒レベル, 噴火) for volcanoes or municipalities; ``layer`` is the type."""

    layer: str
    kind_name: str
    kind_code: str
    condition: str | None
    last_kind_code: str | None
    areas: tuple[Area, ...]
    event_time: datetime | None


@dataclass(frozen=True, slots=True)
class VolcanoBody:
    """Statements, the sentences beside them, and the plume as described."""

    statements: tuple[VolcanoStatement, ...]
    headline: str
    activity: str
    prevention: str
    appendix: str
    plume: tuple[tuple[str, str], ...]


def read_volcano(body: Element) -> VolcanoBody:
    """Read VFVO50, 52 and 56."""
    statements = tuple(
        VolcanoStatement(
            layer=info.get("type", ""),
            kind_name=text(item, "Kind/Name"),
            kind_code=text(item, "Kind/Code"),
            condition=optional(item, "Kind/Condition"),
            last_kind_code=optional(item, "LastKind/Code"),
            areas=tuple(areas_of(item)),
            event_time=moment(item, "EventTime/EventDateTime"),
        )
        for info in find_all(body, "VolcanoInfo")
        for item in find_all(info, "Item")
    )
    content = find(body, "VolcanoInfoContent")
    plume = find(body, "VolcanoObservation/ColorPlume")
    return VolcanoBody(
        statements=statements,
        headline=text(content, "VolcanoHeadline"),
        activity=text(content, "VolcanoActivity"),
        prevention=text(content, "VolcanoPrevention"),
        appendix=text(content, "Appendix"),
        plume=tuple(
            (part.get("type", ""), part.get("description", ""))
            for part in (plume if plume is not None else ())
        ),
    )
