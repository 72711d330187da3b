"""Facts that the register announces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ConsentGiven:
    """A person agreed to something; ``purpose`` is a value of Consent.Purpose."""

    person: int
    purpose: str


@dataclass(frozen=True)
class ConsentWithdrawn:
    """A person took a consent back; ``purpose`` is a value of Consent.Purpose."""

    person: int
    purpose: str


@dataclass(frozen=True)
class CardSettled:
    """A card was linked to ``person``, at once or by staff; None: the town hall declined."""

    card: int
    person: int | None
    by_staff: bool
