"""Where shelters lie as seen from a place: distance, and dots for a small map."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nenrin.core.areas.models import District, Shelter

EARTH_KM = 6371.0
MAP_WIDTH, MARGIN = 320.0, 18.0


@dataclass(frozen=True, slots=True)
class Place:
    """A shelter, how far it is from here, and its number and dot on the map."""

    shelter: Shelter
    number: int
    kilometres: float | None
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class ShelterMap:
    """Shelters nearest first, with the height of their map; ``here`` is the reader's dot."""

    places: Sequence[Place]
    height: float
    here: tuple[float, float] | None


def kilometres(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Distance on the globe."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def nearest(shelters: Iterable[Shelter], district: District | None, limit: int = 0) -> list[Place]:
    """Shelters by distance from the middle of a district; without one, by name."""
    if district is None or district.latitude is None or district.longitude is None:
        found = [(None, one) for one in sorted(shelters, key=lambda one: one.name)]
    else:
        here = (district.latitude, district.longitude)
        measured = [(kilometres(*here, one.latitude, one.longitude), one) for one in shelters]
        found = sorted(measured, key=lambda pair: pair[0])  # type: ignore[assignment]
    wanted = found[:limit] if limit else found
    return [Place(one, number, away) for number, (away, one) in enumerate(wanted, 1)]


def draw(places: Sequence[Place], district: District | None) -> ShelterMap:
    """Dots of a map that shows all places, north up, without a background to load."""
    has_here = district is not None and district.latitude is not None
    points = [(p.shelter.latitude, p.shelter.longitude) for p in places]
    if has_here and district is not None:
        points.append((district.latitude or 0.0, district.longitude or 0.0))
    if not points:
        return ShelterMap((), 0.0, None)
    south, west = min(p[0] for p in points), min(p[1] for p in points)
    north, east = max(p[0] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (MAP_WIDTH - 2 * MARGIN) / max((east - west) * squeeze, (north - south) / 2, 0.002)

    def dot(point: tuple[float, float]) -> tuple[float, float]:
        x = MARGIN + (point[1] - west) * squeeze * scale
        return round(x, 1), round(MARGIN + (north - point[0]) * scale, 1)

    drawn = [
        Place(p.shelter, p.number, p.kilometres, *dot(point))
        for p, point in zip(places, points, strict=False)
    ]
    height = round(2 * MARGIN + (north - south) * scale, 1)
    return ShelterMap(drawn, height, dot(points[-1]) if has_here else None)
