"""Tsunami warnings and observations."""

from dataclasses import dataclass
from datetime import datetime

from ..document import Element
from ..elements import find, find_all, moment, optional, text
from .earthquake import Earthquake, read_earthquakes


@dataclass(frozen=True, slots=True)
class TsunamiStatement:
    """Forecast, observation or estimation for one coast or one station.

    ``height`` is the description that people are given (５ｍ, 巨大); times are aware.
    """

    layer: str
    source: str
    name: str
    code: str
    kind_name: str | None
    kind_code: str | None
    last_kind_code: str | None
    arrival: datetime | None
    arrival_condition: str | None
    height: str
    height_condition: str | None


@dataclass(frozen=True, slots=True)
class TsunamiBody:
    """Statements with the earthquakes behind them."""

    statements: tuple[TsunamiStatement, ...]
    earthquakes: tuple[Earthquake, ...]
    text: str
    comments: tuple[str, ...]


def read_tsunami(body: Element) -> TsunamiBody:
    """Read VTSE41 and VTSE51."""
    statements: list[TsunamiStatement] = []
    for source in ("Forecast", "Observation", "Estimation"):
        for item in find_all(body, f"Tsunami/{source}/Item"):
            statements.append(_statement("area", source.lower(), item, find(item, "Area")))
            statements.extend(
                _statement("station", source.lower(), station, station)
                for station in find_all(item, "Station")
            )
    comments = tuple((c.text or "").strip() for c in find_all(body, "Comments/*/Text") if c.text)
    return TsunamiBody(
        tuple(statements), tuple(read_earthquakes(body)), text(body, "Text"), comments
    )


def _statement(layer: str, source: str, item: Element, named: Element | None) -> TsunamiStatement:
    height = find(item, "MaxHeight/TsunamiHeight")
    return TsunamiStatement(
        layer=layer,
        source=source,
        name=text(named, "Name"),
        code=text(named, "Code"),
        kind_name=optional(item, "Category/Kind/Name"),
        kind_code=optional(item, "Category/Kind/Code"),
        last_kind_code=optional(item, "Category/LastKind/Code"),
        arrival=moment(item, "FirstHeight/ArrivalTime"),
        arrival_condition=optional(item, "FirstHeight/Condition"),
        height=height.get("description", "") if height is not None else "",
        height_condition=optional(item, "MaxHeight/Condition"),
    )
