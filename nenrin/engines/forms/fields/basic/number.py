"""A number with its unit, whole or with decimals."""

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ...language.types import NUMBER, Type, Value
from ..contract import Json, Outside, Question, Refused, text_of
from ..text_rules import plain_digits

NUMBER_TEXT = re.compile(r"-?\d{1,12}(?:\.\d+)?")
LARGEST = 999_999_999_999


class NumberQuestion(Question):
    kind: Literal["number"] = "number"
    unit: Annotated[str, Field(max_length=10)] = ""
    least: int = 0
    most: int = LARGEST
    decimals: Annotated[int, Field(ge=0, le=4)] = 0

    value_type: ClassVar[Type] = NUMBER

    def clean(self, raw: object, outside: Outside) -> Json:
        """The number; with decimals as a text, so that nothing is rounded."""
        typed = plain_digits(text_of(raw)).replace(",", "").replace("、", "")
        unit = plain_digits(self.unit)
        text = (typed.removesuffix(unit) if unit else typed).strip()
        if not NUMBER_TEXT.fullmatch(text):
            raise Refused(f"数字だけで書いてください{self._example}。")
        places = len(text.partition(".")[2].rstrip("0"))
        if places > self.decimals:
            raise Refused(
                f"小数は{self.decimals}けたまでです。"
                if self.decimals
                else "整数で書いてください。"
            )
        number = Fraction(text)
        self._must_lie_within(number)
        return int(number) if number.denominator == 1 else text.rstrip("0")

    @property
    def _example(self) -> str:
        return f"（例: {max(self.least, 1)}{self.unit}）"

    def _must_lie_within(self, number: Fraction) -> None:
        if number < self.least:
            raise Refused(f"{self.least:,}{self.unit}以上で書いてください。")
        if number > self.most:
            raise Refused(f"{self.most:,}{self.unit}以下で書いてください。")

    def load(self, stored: Json) -> Value:
        """An integer, or an exact fraction."""
        if isinstance(stored, bool) or not isinstance(stored, int | str):
            raise ValueError("not a number")
        return stored if isinstance(stored, int) else Fraction(stored)

    def display(self, stored: Json) -> str:
        """With thousands and the unit."""
        shown = f"{stored:,}" if isinstance(stored, int) else str(stored)
        return f"{shown}{self.unit}"

    def samples(self, today: date) -> tuple[Json, ...]:
        """An ordinary number, and both ends where they are near."""
        ordinary = min(max(self.least, 1), self.most)
        ends = [end for end in (self.least, self.most) if abs(end) < LARGEST]
        return tuple(dict.fromkeys([ordinary, *ends]))
