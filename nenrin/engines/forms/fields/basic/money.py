"""An amount in yen."""

from typing import Literal

from ..contract import Json, Outside, text_of
from ..text_rules import plain_digits
from .number import NumberQuestion


class MoneyQuestion(NumberQuestion):
    kind: Literal["money"] = "money"  # type: ignore[assignment]
    unit: str = "円"

    def clean(self, raw: object, outside: Outside) -> Json:
        """Yen, however they were written: ¥1,000 and １千円 and 3万5千円 as well."""
        typed = plain_digits(text_of(raw)).lstrip("¥\\").replace(",", "").removesuffix("円")
        return super().clean(_spelled_out(typed), outside)


def _spelled_out(text: str) -> str:
    total, rest = 0, text
    for word, size in (("億", 100_000_000), ("万", 10_000), ("千", 1_000)):
        head, found, tail = rest.partition(word)
        if found:
            if not head.isdigit():
                return text
            total, rest = total + int(head) * size, tail
    if rest is text:
        return text
    return str(total + int(rest)) if rest.isdigit() else (text if rest else str(total))
