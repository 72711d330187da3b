"""Money that a clerk takes: no page, no webhook, no report of its own."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from pydantic import BaseModel

from ...contract import (
    Booked,
    GiveBack,
    News,
    Opened,
    Order,
    Provider,
    ProviderRefused,
    Reported,
    Span,
    Standing,
    WebhookRefused,
)
from ..options import NoOptions

NO_PAGE = "窓口で受け取る払い方です。"


class Counter(Provider):
    """What cash and the terminal have in common."""

    is_hosted = False
    options_model: ClassVar[type[BaseModel]] = NoOptions

    def open_page(self, options: Any, order: Order) -> Opened:
        raise ProviderRefused(NO_PAGE)

    def read(self, options: Any, reference: str) -> Standing:
        raise ProviderRefused(NO_PAGE)

    def give_back(self, options: Any, wish: GiveBack) -> str:
        return ""

    def read_webhook(self, options: Any, body: bytes, headers: Mapping[str, str]) -> News | None:
        raise WebhookRefused(NO_PAGE)

    def report(self, options: Any, span: Span, booked: Sequence[Booked]) -> list[Reported]:
        return []


class Cash(Counter):
    key = "cash"
    label = "現金"
    is_cashless = False


class Terminal(Counter):
    key = "terminal"
    label = "カード・電子マネー（窓口の端末）"
