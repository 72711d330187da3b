"""A map of a small town drawn from points alone: no tiles, no network, readable as text.

Places stand where they are, north up, with a scale; where they crowd, markers give way to each
other and a line leads back to the place. Every marker has a number that stands in the list beside
the map; names are written where there is room.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 420.0
MARGIN = 34.0
LOWEST, HIGHEST = 200.0, 420.0
RADIUS = 10.0
GAP = 2.0
ROUNDS = 80
LABEL_SIZE = 12.0
KM_PER_DEGREE = 111.32
SMALLEST_KM = 1.0
SCALES = (0.2, 0.5, 1, 2, 5, 10, 20)

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class MapPoint:
    """A place with its marker. ``kind`` is a class of the style sheet; ``lit`` (0 to 1) fills it.

    ``words`` says in words what the marker's colour says.
    """

    latitude: float
    longitude: float
    label: str
    number: str = ""
    kind: str = ""
    words: str = ""
    lit: float | None = None


@dataclass
class Marker:
    """A point on the paper: where it is, and where its marker stands."""

    point: MapPoint
    x: float
    y: float
    at_x: float
    at_y: float


def map_svg(points: Sequence[MapPoint], *, label: str) -> str:
    """SVG of the points; the empty string where there are none. ``label`` names the map."""
    if not points:
        return ""
    markers, height, km = _project(points)
    _give_way(markers, height)
    words = "、".join(_words(point) for point in points)
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img"'
        f' aria-label="{escape(f"{label}。{words}")}">'
        f"{''.join(_leader(marker) for marker in markers)}"
        f"{''.join(_marker(marker) for marker in markers)}"
        f"{''.join(_labels(markers, height))}{_scale(km, height)}</svg>"
    )


def _words(point: MapPoint) -> str:
    number = f"{point.number} " if point.number else ""
    return f"{number}{point.label}{f'（{point.words}）' if point.words else ''}"


def _project(points: Sequence[MapPoint]) -> tuple[list[Marker], float, float]:
    """Markers on the paper, its height, and kilometres per unit (equirectangular)."""
    middle = sum(p.latitude for p in points) / len(points)
    narrow = math.cos(math.radians(middle))
    xs = [p.longitude * KM_PER_DEGREE * narrow for p in points]
    ys = [-p.latitude * KM_PER_DEGREE for p in points]
    wide = max(max(xs) - min(xs), SMALLEST_KM)
    tall = max(max(ys) - min(ys), SMALLEST_KM)
    inner = WIDTH - 2 * MARGIN
    scale = min(inner / wide, (HIGHEST - 2 * MARGIN) / tall)
    height = max(tall * scale + 2 * MARGIN, LOWEST)
    x0, y0 = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    places = [
        (WIDTH / 2 + (x - x0) * scale, height / 2 + (y - y0) * scale)
        for x, y in zip(xs, ys, strict=True)
    ]
    markers = [Marker(point, x, y, x, y) for point, (x, y) in zip(points, places, strict=True)]
    return markers, height, 1 / scale


def _give_way(markers: list[Marker], height: float) -> None:
    for _ in range(ROUNDS):
        moved = False
        for index, one in enumerate(markers):
            for other in markers[index + 1 :]:
                moved |= _push_apart(one, other, index)
        for marker in markers:
            marker.at_x = min(max(marker.at_x, RADIUS + 2), WIDTH - RADIUS - 2)
            marker.at_y = min(max(marker.at_y, RADIUS + 2), height - RADIUS - 2)
        if not moved:
            return


def _push_apart(one: Marker, other: Marker, turn: int) -> bool:
    dx, dy = other.at_x - one.at_x, other.at_y - one.at_y
    apart = math.hypot(dx, dy)
    missing = 2 * RADIUS + GAP - apart
    if missing <= 0:
        return False
    if apart < 0.01:
        dx, dy, apart = math.cos(turn), math.sin(turn), 1.0
    step_x, step_y = dx / apart * missing / 2, dy / apart * missing / 2
    one.at_x, one.at_y = one.at_x - step_x, one.at_y - step_y
    other.at_x, other.at_y = other.at_x + step_x, other.at_y + step_y
    return True


def _leader(marker: Marker) -> str:
    if math.hypot(marker.at_x - marker.x, marker.at_y - marker.y) < RADIUS / 2:
        return ""
    line = f'x1="{marker.x:.1f}" y1="{marker.y:.1f}" x2="{marker.at_x:.1f}" y2="{marker.at_y:.1f}"'
    dot = f'<circle class="place" cx="{marker.x:.1f}" cy="{marker.y:.1f}" r="1.8"/>'
    return f'<line class="leader" {line}/>{dot}'


def _marker(marker: Marker) -> str:
    point, centre = marker.point, f'cx="{marker.at_x:.1f}" cy="{marker.at_y:.1f}"'
    parts = [f'<circle class="marker {escape(point.kind)}" {centre} r="{RADIUS}"/>']
    if point.lit is not None:
        inside = RADIUS * math.sqrt(min(max(point.lit, 0.0), 1.0))
        parts.append(f'<circle class="lit" {centre} r="{inside:.1f}"/>')
    elif point.number:
        parts.append(
            f'<text class="in {escape(point.kind)}" x="{marker.at_x:.1f}"'
            f' y="{marker.at_y + 3.9:.1f}" text-anchor="middle">{escape(point.number)}</text>'
        )
    return "".join(parts)


def _labels(markers: list[Marker], height: float) -> list[str]:
    """Names beside their markers, where one of four sides is free."""
    taken = [_around(marker) for marker in markers]
    drawn = []
    for marker in markers:
        for box, x, y in _sides(marker):
            inside = box[0] >= 2 and box[2] <= WIDTH - 2 and box[1] >= 2 and box[3] <= height - 16
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                drawn.append(f'<text x="{x:.1f}" y="{y:.1f}">{escape(marker.point.label)}</text>')
                break
    return drawn


def _around(marker: Marker) -> Box:
    return (
        marker.at_x - RADIUS,
        marker.at_y - RADIUS,
        marker.at_x + RADIUS,
        marker.at_y + RADIUS,
    )


def _sides(marker: Marker) -> list[tuple[Box, float, float]]:
    width = LABEL_SIZE * sum(1 if ord(char) > 0x2E7F else 0.6 for char in marker.point.label)
    half, out = LABEL_SIZE / 2, RADIUS + 4
    corners = [
        (marker.at_x + out, marker.at_y - half),
        (marker.at_x - out - width, marker.at_y - half),
        (marker.at_x - width / 2, marker.at_y - out - LABEL_SIZE),
        (marker.at_x - width / 2, marker.at_y + out),
    ]
    return [((x, y, x + width, y + LABEL_SIZE), x, y + LABEL_SIZE * 0.85) for x, y in corners]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale(km_per_unit: float, height: float) -> str:
    km = max((s for s in SCALES if s / km_per_unit <= WIDTH / 3), default=SCALES[0])
    end, y = 10 + km / km_per_unit, height - 10
    words = f"{km:g} km" if km >= 1 else f"{km * 1000:g} m"
    return (
        f'<path class="scale" d="M10 {y - 4:.1f}v4H{end:.1f}v-4"/>'
        f'<text class="small" x="{end + 5:.1f}" y="{y + 1:.1f}">{words}</text>'
        f'<text class="small" x="{WIDTH - 24:.1f}" y="16">北↑</text>'
    )
