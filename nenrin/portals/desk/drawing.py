"""A simple map of the town: districts and shelters whose places are known. Pure SVG, no tiles."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from nenrin.core.areas.models import District, Shelter

WIDTH, HEIGHT, MARGIN = 400.0, 300.0, 42.0


@dataclass(frozen=True)
class Frame:
    """Turns places into points of the drawing, true to scale."""

    west: float
    north: float
    scale: float
    squeeze: float

    def point(self, latitude: float, longitude: float) -> tuple[str, str]:
        """x and y, written out."""
        x = MARGIN + (longitude - self.west) * self.squeeze * self.scale
        y = MARGIN + (self.north - latitude) * self.scale
        return f"{x:.1f}", f"{y:.1f}"


def frame_around(places: Sequence[tuple[float, float]]) -> Frame:
    """The frame that holds all places (latitude, longitude)."""
    latitudes, longitudes = zip(*places, strict=True)
    squeeze = math.cos(math.radians(sum(latitudes) / len(latitudes)))
    tall = max(max(latitudes) - min(latitudes), 0.005)
    wide = max((max(longitudes) - min(longitudes)) * squeeze, 0.005)
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / tall)
    return Frame(min(longitudes), max(latitudes), scale, squeeze)


def district_map(
    districts: Sequence[District], shelters: Sequence[Shelter], chosen: frozenset[int]
) -> SafeString | None:
    """The map with the chosen districts filled; None where no district's place is known."""
    placed = [d for d in districts if d.latitude is not None and d.longitude is not None]
    if not placed:
        return None
    frame = frame_around(
        [(float(p.latitude), float(p.longitude)) for p in (*placed, *shelters)]  # type: ignore[attr-defined]
    )
    squares = format_html_join(
        "",
        '<rect class="shelter" x="{}" y="{}" width="7" height="7"><title>避難所 {}</title></rect>',
        ((*frame.point(s.latitude, s.longitude), s.name) for s in shelters),
    )
    circles = format_html_join(
        "",
        '<g class="district{}" data-district="{}" transform="translate({} {})"><circle r="14"/>'
        '<text y="30" text-anchor="middle">{}</text></g>',
        (
            (
                " chosen" if d.pk in chosen else "",
                d.pk,
                *frame.point(d.latitude or 0.0, d.longitude or 0.0),
                d.name,
            )
            for d in placed
        ),
    )
    names = "・".join(d.name for d in placed if d.pk in chosen) or "なし"
    return format_html(
        '<svg class="map district-map" viewBox="0 0 {} {}" role="img"'
        ' aria-label="地図。選んだ地区: {}">{}{}</svg>',
        int(WIDTH),
        int(HEIGHT),
        names,
        squares,
        circles,
    )
