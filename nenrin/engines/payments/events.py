"""Facts the engine announces; ids and plain values only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RequestSettled:
    """Nothing is owed any more: it was paid or waived."""

    request: str
    subject: str


@dataclass(frozen=True)
class MoneyReceived:
    """A payment came, by whatever way."""

    payment: str
    subject: str


@dataclass(frozen=True)
class MoneyReturned:
    """A refund was made."""

    refund: str
    subject: str
