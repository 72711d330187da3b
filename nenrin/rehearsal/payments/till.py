"""What the stand-ins know: sales, refunds, the report, and what shall go wrong next."""

import secrets
import time
from collections import Counter
from dataclasses import asdict, dataclass, field, fields
from typing import Any


class BadWish(ValueError):
    """A mishap that cannot be asked for."""


@dataclass
class Mishaps:
    """What goes wrong next. ``webhook`` is after, before, twice or never.

    ``down`` requests to the API are answered with 500; ``other_amount`` is what the payer is
    charged instead, as if somebody had tampered with the page.
    """

    webhook: str = "after"
    down: int = 0
    other_amount: int | None = None


@dataclass
class Sale:
    """One hosted page."""

    shop: str
    id: str
    key: str
    amount: int
    title: str
    success_url: str
    cancel_url: str
    charge: str = ""
    created: float = field(default_factory=time.time)

    @property
    def is_paid(self) -> bool:
        """Whether the money came; a page of a stand-in never runs out."""
        return bool(self.charge)


@dataclass(frozen=True)
class Line:
    """One line of the report: a payment, or a refund below zero."""

    shop: str
    id: str
    reference: str
    kind: str
    amount: int
    at: float
    of: str = ""


class Till:
    """Everything in memory; a new process begins with nothing."""

    def __init__(self) -> None:
        self.sales: dict[str, Sale] = {}
        self.lines: list[Line] = []
        self.answers: dict[tuple[str, str], tuple[bytes, Any]] = {}
        self.mishaps = Mishaps()
        self.webhooks: Counter[str] = Counter()

    def open_sale(self, sale: Sale) -> Sale:
        """Put up a page."""
        self.sales[sale.id] = sale
        return sale

    def pay(self, sale: Sale, charge: str) -> None:
        """The payer pays; a second time changes nothing."""
        if sale.is_paid:
            return
        sale.charge = charge
        if self.mishaps.other_amount is not None:
            sale.amount = self.mishaps.other_amount
        self._add(sale.shop, sale.charge, "payment", sale.amount)

    def refund(self, shop: str, charge: str, amount: int, reference: str) -> Line | None:
        """Give back; None where the payment is unknown or has not so much left."""
        if self.left(charge) < amount or amount < 1:
            return None
        return self._add(shop, reference, "refund", -amount, charge)

    def left(self, charge: str) -> int:
        """What of a payment is not given back yet."""
        return sum(one.amount for one in self.lines if charge in (one.reference, one.of))

    def wish(self, content: dict[str, Any]) -> dict[str, Any]:
        """Change what goes wrong next. Raises BadWish."""
        known = {one.name for one in fields(Mishaps)}
        if not set(content) <= known:
            raise BadWish(f"there are: {', '.join(sorted(known))}")
        self.mishaps = Mishaps(**content)
        return self.summary()

    def summary(self) -> dict[str, Any]:
        """For tests and for the curious."""
        return {
            "mishaps": asdict(self.mishaps),
            "sales": [asdict(one) for one in self.sales.values()],
            "lines": [asdict(one) for one in self.lines],
            "webhooks": dict(self.webhooks),
        }

    def is_down(self) -> bool:
        """Whether this request to the API fails."""
        if self.mishaps.down < 1:
            return False
        self.mishaps.down -= 1
        return True

    def _add(self, shop: str, reference: str, kind: str, amount: int, of: str = "") -> Line:
        line = Line(shop, new_id("txn"), reference, kind, amount, time.time(), of)
        self.lines.append(line)
        return line


def new_id(prefix: str) -> str:
    """An id as providers make them."""
    made = secrets.token_hex(12)
    return f"{prefix}_{made}" if prefix else str(int(made[:14], 16))
