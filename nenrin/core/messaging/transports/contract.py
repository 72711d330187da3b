"""What a transport is: one class that hands the town's words to one kind of device.

A transport lives in its own folder and registers itself in `plugs.py`. It never opens a
transaction: the sender claims deliveries (`prepare` runs then), closes its transaction, calls
`send`, and writes the outcomes down (`settle` runs then) (STYLE 6).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar, NamedTuple

from pydantic import BaseModel

from nenrin.core.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class Words:
    """A released message, ready for every channel; the same words everywhere.

    ``heading`` carries the mark 【訓練】 where it must; transports show it and never ``title``.
    """

    message_id: str
    town_code: str
    town_name: str
    heading: str
    body: str
    easy_body: str
    reading: str
    severity: int
    is_drill: bool
    asks_safety: bool
    released_at: datetime
    expires_at: datetime
    supersedes: str = ""
    ends_earlier: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery to make: where to, and the links that belong to it alone.

    ``link`` is the page a person opens (…/m/<token>), ``receipt`` the address their device reports
    to (…/r/<token>). ``address`` and ``keys`` are the endpoint's; both are empty for a broadcast.
    ``material`` is what the transport's own `prepare` gave this attempt.
    """

    delivery_id: int
    address: str
    keys: dict[str, Any]
    link: str
    receipt: str
    attempt: int = 1
    household: "HouseholdLabel | None" = None
    material: object = None


@dataclass(frozen=True, slots=True)
class HouseholdLabel:
    """What a paper round needs to know of a household."""

    number: str
    head: str
    address: str
    district: str
    neighbourhood: str


class Fate(Enum):
    """What became of one hand-over."""

    SENT = "sent"
    DELIVERED = "delivered"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    GONE = "gone"


class Outcome(NamedTuple):
    """The fate of one parcel.

    TEMPORARY is tried again after ``retry_after`` seconds or the usual back-off; PERMANENT ends
    this delivery; GONE ends it and retires the endpoint. ``reason`` is for staff: short Japanese,
    no personal data. ``again`` is what a next attempt must send unchanged; see `settle`.
    """

    delivery_id: int
    fate: Fate
    reference: str = ""
    reason: str = ""
    retry_after: float | None = None
    again: bytes = b""


class Claim(NamedTuple):
    """What is known of a delivery (by its id) while it is claimed."""

    endpoint: int
    attempt: int


class NoOptions(BaseModel):
    """For a transport that needs no configuration."""


class Transport:
    """Base class of every transport; subclasses set the class attributes and `send`."""

    key: ClassVar[str]
    label: ClassVar[str]
    options_model: ClassVar[type[BaseModel]] = NoOptions
    is_personal: ClassVar[bool] = True
    needs_endpoint: ClassVar[bool] = True
    shard_size: ClassVar[int] = 500
    parallel_jobs: ClassVar[int] = 4

    def get_ready(self) -> None:
        """Load what is slow to load; a worker calls it before its first job."""

    def jobs_for(self, planned: int) -> int:
        """How many jobs share so many deliveries; each goes on until nothing is due."""
        return min(self.parallel_jobs, -(-planned // self.shard_size))

    def prepare(self, claims: Mapping[int, Claim]) -> Mapping[int, object]:
        """Take what these deliveries' attempts use up; runs in the transaction that claims them.

        Gives each parcel's `material`. Once that transaction has committed, it exists nowhere else.
        """
        return {}

    def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Keep or drop what a next attempt needs; runs in the transaction that records."""

    def send(self, options: Any, words: Words, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        """Hand over all parcels and yield each one's outcome as soon as it is known.

        ``options`` is an instance of ``options_model``. A parcel without an outcome counts as not
        sent. After an exception the rest is handed in again in halves, down to the parcel it came
        from; so an exception loses nothing and holds nothing up.
        """
        raise NotImplementedError


transports: Registry[Transport] = Registry("transport")
