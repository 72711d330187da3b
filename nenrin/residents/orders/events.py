"""Facts that the desk announces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OrdersChanged:
    """The town gave, changed or ended evacuation orders; ``event`` and ``message`` are ids."""

    event: int
    message: str
    is_drill: bool


@dataclass(frozen=True)
class ReleasedAlone:
    """A draft went out without a second person's consent."""

    draft: str
