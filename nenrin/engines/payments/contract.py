"""What a provider of payments must be able to do, and the registry they stand in."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from nenrin.core.messaging.transports.secrets_from_environment import secret_named
from nenrin.core.registry.registry import Registry


class ProviderError(Exception):
    """The provider did not do it; the text says why, in Japanese."""


class ProviderDown(ProviderError):
    """It may work later: no connection, or an answer of 429 or 500 and above."""


class ProviderRefused(ProviderError):
    """It will not work however often it is asked."""


class WebhookRefused(Exception):
    """The call does not come from the provider, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a hosted page shall ask for. ``key`` makes asking twice the same as asking once."""

    key: str
    amount: int
    title: str
    return_url: str
    cancel_url: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The hosted page of an order."""

    reference: str
    url: str


class Fate(StrEnum):
    """How far a hosted payment came."""

    OPEN = "open"
    PAID = "paid"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the provider says of a hosted payment; ``charge`` names the money once it came."""

    fate: Fate
    amount: int = 0
    charge: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """A webhook about the order with our ``key``.

    Without a ``standing`` it is only a nudge: the provider has to be asked.
    """

    event: str
    kind: str
    key: str
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class GiveBack:
    """A refund to be made. ``key`` makes asking twice the same as asking once."""

    key: str
    charge: str
    amount: int


@dataclass(frozen=True, slots=True)
class Reported:
    """A line of the provider's report: a charge or a refund (below zero)."""

    reference: str
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """From (included) to until (not included)."""

    since: datetime
    until: datetime

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies within."""
        return self.since <= moment < self.until


@dataclass(frozen=True, slots=True)
class Booked:
    """What the ledger holds of a provider: ``reference`` is the charge or the refund.

    ``page`` is the hosted page of a charge, for providers that are asked one by one.
    """

    reference: str
    amount: int
    at: datetime
    page: str = ""


class NoOptions(BaseModel):
    """Nothing to be set."""

    model_config = ConfigDict(extra="forbid")


class Provider:
    """One way to pay. As it stands here a clerk takes the money: there is nobody to talk with.

    ``secrets`` are the options that name variables without which nothing works.
    """

    key: ClassVar[str]
    label: ClassVar[str]
    is_cashless: ClassVar[bool] = True
    options_model: ClassVar[type[BaseModel]] = NoOptions
    secrets: ClassVar[tuple[str, ...]] = ()

    def missing(self, options: Any) -> str:
        """The first variable that is empty, or an empty text."""
        names = (str(getattr(options, one)) for one in self.secrets)
        return next((name for name in names if not secret_named(name)), "")


class HostedProvider(Provider, ABC):
    """One with a page of its own, to which the payer is sent."""

    @abstractmethod
    def open_page(self, options: Any, order: Order) -> Opened:
        """Make the hosted page. Raises ProviderError."""

    @abstractmethod
    def read(self, options: Any, reference: str) -> Standing:
        """Ask how it stands. Raises ProviderError."""

    @abstractmethod
    def give_back(self, options: Any, wish: GiveBack) -> str:
        """Refund; returns its reference. Raises ProviderError."""

    @abstractmethod
    def read_webhook(self, options: Any, body: bytes, headers: Mapping[str, str]) -> News | None:
        """The news of a genuine call; None where it does not concern us. Raises WebhookRefused."""

    @abstractmethod
    def report(self, options: Any, span: Span, booked: Sequence[Booked]) -> list[Reported]:
        """Charges and refunds of a span; who has no report is asked about what we booked.

        Raises ProviderError.
        """


providers: Registry[Provider] = Registry("payment provider")
