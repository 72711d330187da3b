"""Pure rules of shelters: distance and room."""

import math

EARTH_KM = 6371.0
NEARLY_FULL = 0.8


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Great-circle distance between two (latitude, longitude) pairs."""
    (phi, lam), (phi2, lam2) = (tuple(map(math.radians, point)) for point in (here, there))
    half = (
        math.sin((phi2 - phi) / 2) ** 2
        + math.cos(phi) * math.cos(phi2) * math.sin((lam2 - lam) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def room_left(capacity: int | None, people: int) -> int | None:
    """How many more fit in; None where nobody entered a capacity."""
    return None if capacity is None else max(capacity - people, 0)


def room_words(capacity: int | None, people: int) -> str:
    """Room in words: 空きあり, 残りわずか, 満員 or 定員未入力."""
    left = room_left(capacity, people)
    if left is None or capacity is None:
        return "定員未入力"
    if left == 0:
        return "満員"
    return "残りわずか" if people >= capacity * NEARLY_FULL else "空きあり"
