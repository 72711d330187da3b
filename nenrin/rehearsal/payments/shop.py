"""What the three shops have in common: a call, its answer, and keys that repeat it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from nenrin.rehearsal.payments.till import Sale, Till
from nenrin.rehearsal.providers.http import Refusal, Reply, Request, json_reply


@dataclass(frozen=True)
class Secrets:
    """No secrets, for they open nothing: what the stand-ins and the town have agreed on."""

    api_key: str
    hook: str


@dataclass(frozen=True)
class Hook:
    """One webhook, ready to be sent."""

    body: bytes
    headers: dict[str, str]


class Shop(ABC):
    """One provider."""

    name: ClassVar[str]
    label: ClassVar[str]
    charges: ClassVar[str] = ""
    """What the id of a payment begins with."""

    def __init__(self, till: Till, secrets: Secrets, base: str) -> None:
        self.till = till
        self.secrets = secrets
        self.base = base

    @abstractmethod
    def answer(self, call: "Call") -> Reply:
        """A request to the API. Raises Refusal."""

    @abstractmethod
    def hook(self, sale: Sale) -> Hook:
        """The webhook that tells of a sale's end."""

    @abstractmethod
    def fault(self, status: int, code: str, words: str) -> Refusal:
        """An error in the provider's own shape."""

    def page_url(self, sale: Sale) -> str:
        """Where the payer is sent."""
        return f"{self.base}/{self.name}/pay/{sale.id}"

    def sale(self, sale_id: str) -> Sale:
        """A sale of this shop. Raises Refusal."""
        found = self.till.sales.get(sale_id)
        if found is None or found.shop != self.name:
            raise self.fault(404, "resource_missing", "no such payment")
        return found

    def once(self, key: str, body: bytes, act: Callable[[], Any]) -> Reply:
        """Do it, or repeat the first answer to this key; raises Refusal for another content."""
        if not key:
            return json_reply(200, act())
        known = self.till.answers.get((self.name, key))
        if known is None:
            self.till.answers[(self.name, key)] = known = (body, act())
        if known[0] != body:
            raise self.fault(400, "idempotency_error", "this key had other content")
        return json_reply(200, known[1])


@dataclass(frozen=True)
class Call:
    """A request below a shop's name, with its query."""

    request: Request
    path: str
    query: dict[str, str]

    @property
    def method(self) -> str:
        """GET or POST."""
        return self.request.method
