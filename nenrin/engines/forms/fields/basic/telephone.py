"""A telephone number in Japan."""

import re
from datetime import date
from typing import ClassVar, Literal

from ..contract import Json, Outside, Question, Refused, text_of
from ..text_rules import plain_digits

# 0 + nine digits; mobile and IP telephones (0x0) have one more.
LAND_LINE = re.compile(r"0[1-9]\d{8}")
MOBILE = re.compile(r"0[5-9]0\d{8}|0800\d{7}")


class TelephoneQuestion(Question):
    """``verify``: whoever applies alone must type a code that was sent there."""

    kind: Literal["telephone"] = "telephone"
    verify: bool = False
    autocomplete: ClassVar[str | dict[str, str]] = "tel"

    def clean(self, raw: object, outside: Outside) -> Json:
        """Digits alone; +81 becomes 0."""
        text = re.sub(r"[-()\s.]", "", plain_digits(text_of(raw)))
        text = re.sub(r"^\+81", "0", text)
        if not text.isascii() or not text.isdigit():
            raise Refused("数字で書いてください（例: 0233-29-5600）。")
        if not (LAND_LINE.fullmatch(text) or MOBILE.fullmatch(text)):
            raise Refused("市外局番から、10けたか11けたで書いてください（例: 0233-29-5600）。")
        return text

    def display(self, stored: Json) -> str:
        """Mobile numbers in their usual groups."""
        text = str(stored)
        return f"{text[:3]}-{text[3:7]}-{text[7:]}" if len(text) == 11 else text

    def samples(self, today: date) -> tuple[Json, ...]:
        """A number nobody has."""
        return ("0233000000",)
