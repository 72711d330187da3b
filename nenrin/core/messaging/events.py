"""Facts that the river announces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MessageReleased:
    """A message went out to this many households; ``message`` is its id."""

    message: str
    households: int


@dataclass(frozen=True)
class HelpRequested:
    """A household answered 助けが必要です to a message."""

    message: str
    household: int


@dataclass(frozen=True)
class VisitsPlanned:
    """A ladder came to its last rung with households still silent."""

    message: str
    households: int
