"""Earthquakes: where, how strong, and the intensity felt in each place."""

import re
from dataclasses import dataclass
from datetime import datetime

from ..document import Element
from ..elements import find, find_all, moment, number, optional, text

COORDINATE = re.compile(r"([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)([+-]\d+)?/")


@dataclass(frozen=True, slots=True)
class Hypocentre:
    """Latitude and longitude in degrees, depth in metres; None where not known."""

    name: str
    code: str
    latitude: float | None
    longitude: float | None
    depth: int | None
    description: str
    detail: str


@dataclass(frozen=True, slots=True)
class Earthquake:
    """One earthquake; a magnitude of None is explained by its description (Ｍ８を超える…)."""

    origin_time: datetime | None
    hypocentre: Hypocentre | None
    magnitude: float | None
    magnitude_description: str


@dataclass(frozen=True, slots=True)
class IntensityStatement:
    """The greatest intensity of a place: ``intensity`` as written (5-, 6+), or None.

    ``layer`` is pref, area, city or station; ``long_period`` the 長周期地震動階級 as written.
    """

    layer: str
    name: str
    code: str
    intensity: str | None
    long_period: str | None
    revise: str | None


@dataclass(frozen=True, slots=True)
class EarthquakeBody:
    """Earthquakes, intensities from prefecture to station, and fixed comments."""

    earthquakes: tuple[Earthquake, ...]
    max_intensity: str | None
    intensities: tuple[IntensityStatement, ...]
    comments: tuple[str, ...]


def read_earthquake(body: Element) -> EarthquakeBody:
    """Read VXSE51, 52, 53, 61 and 62."""
    observation = find(body, "Intensity/Observation")
    found: list[IntensityStatement] = []
    for pref in find_all(observation, "Pref"):
        _collect("pref", pref, found)
    comments = tuple((c.text or "").strip() for c in find_all(body, "Comments/*/Text") if c.text)
    free = text(body, "Comments/FreeFormComment")
    return EarthquakeBody(
        earthquakes=tuple(read_earthquakes(body)),
        max_intensity=optional(observation, "MaxInt"),
        intensities=tuple(found),
        comments=comments + ((free,) if free else ()),
    )


LAYERS = {"Pref": "pref", "Area": "area", "City": "city", "IntensityStation": "station"}


def _collect(layer: str, element: Element, found: list[IntensityStatement]) -> None:
    found.append(
        IntensityStatement(
            layer,
            text(element, "Name"),
            text(element, "Code"),
            optional(element, "MaxInt") or optional(element, "Int"),
            optional(element, "MaxLgInt") or optional(element, "LgInt"),
            optional(element, "Revise"),
        )
    )
    for child in element:
        below = LAYERS.get(child.tag.rpartition("}")[2])
        if below:
            _collect(below, child, found)


def read_earthquakes(body: Element) -> list[Earthquake]:
    """All ``Earthquake`` elements of a body."""
    return [
        Earthquake(
            moment(element, "OriginTime"),
            _hypocentre(find(element, "Hypocenter/Area")),
            number(find(element, "Magnitude")),
            _description(find(element, "Magnitude")),
        )
        for element in find_all(body, "Earthquake")
    ]


def _hypocentre(area: Element | None) -> Hypocentre | None:
    if area is None:
        return None
    coordinate = find(area, "Coordinate")
    match = COORDINATE.search(coordinate.text or "") if coordinate is not None else None
    return Hypocentre(
        name=text(area, "Name"),
        code=text(area, "Code"),
        latitude=float(match[1]) if match else None,
        longitude=float(match[2]) if match else None,
        depth=-int(match[3]) if match and match[3] else None,
        description=_description(coordinate),
        detail=text(area, "DetailedName") or text(area, "NameFromMark"),
    )


def _description(element: Element | None) -> str:
    return element.get("description", "") if element is not None else ""
