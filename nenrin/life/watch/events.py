"""Facts that the watch announces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ConcernOpened:
    """A household should be looked after; ``kind`` is one of Concern.Kind."""

    household: int
    kind: str
