"""A cut log drawn from numbers: the mark, the reach of a message, a resident's year.

The same numbers always give the same drawing. Colours come from the style sheet by class; a lit
ring is also wider drawn, so the picture can be read without colour, and it carries its meaning as
text.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

POINTS = 72
RADIUS = 46.0
BARK = 2.6
UNEVEN = 0.035
PITH = (48.0, 51.5)
CENTRE = (50.0, 50.0)


@dataclass(frozen=True)
class Outline:
    """How far the trunk departs from a circle, by angle: three slow waves of one tree."""

    phases: tuple[float, float, float]

    @classmethod
    def of(cls, seed: str) -> "Outline":
        """The outline of the tree called ``seed``."""
        source = random.Random(f"nenrin:{seed}")
        return cls(tuple(source.uniform(0, math.tau) for _ in range(3)))  # type: ignore[arg-type]

    def factor(self, angle: float) -> float:
        """1 for a circle; the radius is multiplied by it."""
        waves = (math.sin((n + 1) * angle + phase) / (n + 1) for n, phase in enumerate(self.phases))
        return 1 + UNEVEN * sum(waves)


def rings_svg(
    widths: Sequence[float],
    *,
    label: str,
    lit: float = 0.0,
    seed: str = "kaneyama",
    animated: bool = False,
) -> str:
    """SVG of a cut log whose rings are as wide as the numbers say, from the pith outwards.

    ``lit`` (0 to 1) fills the log from the pith outwards. ``label`` is what the picture says, in
    words; an empty one makes it decoration. Widths may be any non-negative numbers.
    """
    outline = Outline.of(seed)
    total = sum(widths) or 1.0
    inner = RADIUS - BARK
    parts = [_ring(outline, RADIUS, "bark"), _ring(outline, inner, "wood")]
    share = min(max(lit, 0.0), 1.0)
    if share > 0:
        # The lit area grows with the share, as a tree's does.
        parts.append(_ring(outline, inner * math.sqrt(share), "lit grows" if animated else "lit"))
    reached = 0.0
    for width in widths[:-1]:
        reached += max(width, 0.0)
        radius = inner * reached / total
        inside = radius <= inner * math.sqrt(share) and share > 0
        parts.append(_ring(outline, radius, "ring inside" if inside else "ring"))
    parts.append(f'<circle class="pith" cx="{PITH[0]}" cy="{PITH[1]}" r="0.9"/>')
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return f'<svg class="rings" viewBox="0 0 100 100" {role}>{"".join(parts)}</svg>'


def even_rings(count: int) -> list[float]:
    """Widths of ``count`` rings that narrow a little with age, as a tree's do."""
    return [1.4 - 0.6 * number / max(count, 1) for number in range(count)]


def _ring(outline: Outline, radius: float, name: str) -> str:
    return f'<path class="{name}" d="{_path(outline, radius)}"/>'


@lru_cache(maxsize=1024)
def _path(outline: Outline, radius: float) -> str:
    # Small rings gather round the pith, large ones round the trunk's middle.
    near = radius / RADIUS
    x = PITH[0] + (CENTRE[0] - PITH[0]) * near
    y = PITH[1] + (CENTRE[1] - PITH[1]) * near
    points = []
    for step in range(POINTS):
        angle = math.tau * step / POINTS
        reach = radius * (1 + (outline.factor(angle) - 1) * near)
        points.append(f"{x + reach * math.cos(angle):.1f} {y + reach * math.sin(angle):.1f}")
    return "M" + "L".join(points) + "Z"
