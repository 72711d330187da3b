"""Bodies with ``MeteorologicalInfos``: observed and forecast values, sentences, time series."""

from dataclasses import dataclass
from datetime import datetime

from ..document import Element
from ..elements import find_all, moment, optional, text
from ..places import Area, areas_of, read_area
from .properties import Property, read_properties


@dataclass(frozen=True, slots=True)
class TimeDefine:
    """One column of a time series; ``duration`` is an ISO 8601 duration as written."""

    id: str
    start: datetime | None
    duration: str
    name: str


@dataclass(frozen=True, slots=True)
class InfoItem:
    """What is said about one area or station."""

    areas: tuple[Area, ...]
    stations: tuple[Area, ...]
    kind_name: str | None
    status: str | None
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class TimeSeries:
    """One table of a ``MeteorologicalInfos``: with time columns, or at a single ``at``."""

    type: str
    at: datetime | None
    times: tuple[TimeDefine, ...]
    items: tuple[InfoItem, ...]


@dataclass(frozen=True, slots=True)
class InformationBody:
    """Tables, and the sentences that stand outside them."""

    series: tuple[TimeSeries, ...]
    notice: str
    comments: tuple[str, ...]


def read_information(body: Element) -> InformationBody:
    """Read an information telegram's body."""
    comments = tuple((c.text or "").strip() for c in find_all(body, "Comment/Text") if c.text)
    return InformationBody(read_series(body), text(body, "Notice"), comments)


def read_series(body: Element) -> tuple[TimeSeries, ...]:
    """All tables of the body's ``MeteorologicalInfos``."""
    return tuple(
        _table(infos.get("type", ""), table)
        for infos in find_all(body, "MeteorologicalInfos")
        for name in ("MeteorologicalInfo", "TimeSeriesInfo")
        for table in find_all(infos, name)
    )


def _table(type_: str, table: Element) -> TimeSeries:
    times = tuple(
        TimeDefine(
            define.get("timeId", ""),
            moment(define, "DateTime"),
            text(define, "Duration"),
            text(define, "Name"),
        )
        for define in find_all(table, "TimeDefines/TimeDefine")
    )
    items = tuple(_item(item) for item in find_all(table, "Item"))
    return TimeSeries(type_, moment(table, "DateTime"), times, items)


def _item(item: Element) -> InfoItem:
    kinds = find_all(item, "Kind")
    return InfoItem(
        areas=tuple(areas_of(item)),
        stations=tuple(read_area(station) for station in find_all(item, "Station")),
        kind_name=optional(item, "Kind/Name"),
        status=optional(item, "Kind/Status"),
        properties=tuple(found for kind in kinds for found in read_properties(kind)),
    )
