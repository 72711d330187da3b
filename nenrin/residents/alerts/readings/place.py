"""A town's codes, and what a telegram can say about it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PlaceCodes:
    """The codes of `nenrin.core.areas.models.TownPlace`."""

    municipality_area: str
    grouped_area: str
    primary_area: str
    forecast_office: str
    seismic_area: str
    seismic_city: str
    rivers: tuple[str, ...] = ()

    def covers(self, code: str) -> bool:
        """Whether an area code of any layer is the town or lies around it."""
        around = (
            self.municipality_area,
            self.grouped_area,
            self.primary_area,
            self.forecast_office,
        )
        return code in around


@dataclass(frozen=True, slots=True)
class Statement:
    """One hazard in the town: how strong (0: not in force), under which name.

    ``strength``: 1 注意報, 2 警報, 3 危険警報, 4 特別警報; a river's level 2–5; an intensity
    1–9 for 震度1, 2, 3, 4, 5弱, 5強, 6弱, 6強, 7.
    """

    hazard: str
    name: str
    strength: int
    level: int | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All a telegram says about the town. It replaces everything its ``source`` said before."""

    source: str
    statements: tuple[Statement, ...]
    repeats_are_silent: bool = False
