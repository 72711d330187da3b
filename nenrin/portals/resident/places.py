"""Where shelters lie as seen from a place: distance, and dots for a small map."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Avg

from nenrin.core.areas.models import District, Shelter

EARTH_KM = 6371.0
KM_PER_DEGREE = 111.2
MAP_WIDTH, MARGIN, CLOSEST, ROUNDS = 320.0, 18.0, 20.0, 40


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
    """Shelters with their dots, the height of the map, and how long a kilometre is on it."""

    places: Sequence[Place]
    height: float
    kilometre: float


def kilometres(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Distance on the globe."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def middle_of(district: District | None) -> tuple[float, float] | None:
    """About where a district lies: its own coordinates, else its 大字's shelters' middle."""
    if district is None:
        return None
    if district.latitude is not None and district.longitude is not None:
        return district.latitude, district.longitude
    around = Shelter.objects.filter(address__contains=f"大字{district.oaza}")
    found = around.aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    if not district.oaza_id or found["latitude"] is None:
        return None
    return found["latitude"], found["longitude"]


def nearest(shelters: Iterable[Shelter], district: District | None, limit: int = 0) -> list[Place]:
    """Shelters by distance from the middle of a district; without one, by name."""
    here = middle_of(district)
    found: list[tuple[float | None, Shelter]]
    if here is None:
        found = [(None, one) for one in sorted(shelters, key=lambda one: one.name)]
    else:
        measured = [(kilometres(*here, one.latitude, one.longitude), one) for one in shelters]
        found = [*sorted(measured, key=lambda pair: pair[0])]
    wanted = found[:limit] if limit else found
    return [Place(one, number, away) for number, (away, one) in enumerate(wanted, 1)]


def draw(places: Sequence[Place]) -> ShelterMap:
    """A map of dots, north up, that needs nothing to be loaded; close dots move apart a little."""
    if not places:
        return ShelterMap((), 0.0, 0.0)
    latitudes = [place.shelter.latitude for place in places]
    longitudes = [place.shelter.longitude for place in places]
    squeeze = math.cos(math.radians((min(latitudes) + max(latitudes)) / 2))
    wide = max((max(longitudes) - min(longitudes)) * squeeze, 0.01)
    scale = (MAP_WIDTH - 2 * MARGIN) / wide
    dots = [
        [
            MARGIN + (place.shelter.longitude - min(longitudes)) * squeeze * scale,
            MARGIN + (max(latitudes) - place.shelter.latitude) * scale,
        ]
        for place in places
    ]
    _move_apart(dots)
    drawn = [
        replace(place, x=round(x, 1), y=round(y, 1))
        for place, (x, y) in zip(places, dots, strict=True)
    ]
    height = round(max(y for _, y in dots) + 2 * MARGIN, 1)
    return ShelterMap(drawn, height, round(scale / KM_PER_DEGREE, 1))


def _move_apart(dots: list[list[float]]) -> None:
    for _ in range(ROUNDS):
        for index, one in enumerate(dots):
            for turn, other in enumerate(dots[:index]):
                _push(one, other, turn + index)


def _push(one: list[float], other: list[float], turn: int) -> None:
    x, y = one[0] - other[0], one[1] - other[1]
    gap = math.hypot(x, y)
    if gap >= CLOSEST:
        return
    x, y, gap = (x, y, gap) if gap > 0.1 else (math.cos(turn), math.sin(turn), 1.0)
    shift = (CLOSEST - min(gap, CLOSEST)) / 2 + 0.1
    for dot, way in ((one, 1), (other, -1)):
        for axis, part in enumerate((x, y)):
            dot[axis] = max(MARGIN, dot[axis] + way * shift * part / gap)
