"""What other modules hand over, and what takes the finished documents away. Pure data."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sender:
    """The town hall. ``domain`` names the sending system; ``code`` has six digits."""

    code: str
    town: str
    office: str
    domain: str
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document and its revision. The same id again with a higher revision replaces it."""

    identifier: str
    revision: int
    headline: str
    disaster: str
    reported_at: datetime
    valid_until: datetime | None = None
    is_drill: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class DistrictOrder:
    """An order that stands in a district, or (``is_lifted``) has just ended there."""

    name: str
    kana: str
    level: int
    at: datetime
    is_lifted: bool = False
    households: int | None = None
    persons: int | None = None


@dataclass(frozen=True, slots=True)
class ShelterState:
    """A shelter as it is now. ``state``: open, closed, ready; ``room``: free … unknown."""

    name: str
    kana: str
    address: str
    state: str
    at: datetime | None = None
    room: str = "unknown"
    capacity: int | None = None
    persons: int | None = None
    households: int | None = None
    checked_at: datetime | None = None
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class OrderReport:
    """避難勧告・指示情報 of one event."""

    sender: Sender
    document: Document
    orders: tuple[DistrictOrder, ...]


@dataclass(frozen=True, slots=True)
class ShelterReport:
    """避難所情報 of one event."""

    sender: Sender
    document: Document
    shelters: tuple[ShelterState, ...] = field(default=())


class Gateway(Protocol):
    """Takes a finished document to Lアラート, or to whoever hands it on."""

    def hand_over(self, document: Document, content: bytes) -> str:
        """Deliver the document; returns where it went. May be called twice with the same one."""
        ...
