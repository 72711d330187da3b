"""Facts about shelters. ``room`` is None where the town entered no capacity; 0 is full."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShelterOpened:
    """A shelter opened; ``opening`` is its row, ``shelter`` its place."""

    opening: int
    shelter: int
    is_drill: bool


@dataclass(frozen=True)
class ShelterFilled:
    """The number of people changed."""

    opening: int
    shelter: int
    is_drill: bool
    people: int
    room: int | None


@dataclass(frozen=True)
class ShelterClosed:
    """A shelter closed; ``people`` were there last."""

    opening: int
    shelter: int
    is_drill: bool
    people: int
