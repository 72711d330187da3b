"""Free text, of one line or several."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from ..contract import Json, Outside, Question, Refused, text_of
from ..text_rules import tidy_lines, tidy_text


class TextQuestion(Question):
    kind: Literal["text"] = "text"
    lines: Annotated[int, Field(ge=1, le=20)] = 1
    shortest: Annotated[int, Field(ge=0)] = 0
    longest: Annotated[int, Field(ge=1, le=4000)] = 200
    example: str = ""

    def clean(self, raw: object, outside: Outside) -> Json:
        """The text with blanks and half-width kana mended."""
        typed = text_of(raw)
        text = tidy_lines(typed) if self.lines > 1 else tidy_text(typed)
        if len(text) > self.longest:
            over = len(text) - self.longest
            raise Refused(f"{self.longest}文字までです。あと{over}文字減らしてください。")
        if len(text) < self.shortest:
            raise Refused(f"{self.shortest}文字以上で書いてください。")
        return text

    def samples(self, today: date) -> tuple[Json, ...]:
        """A text of a fitting length."""
        text = self.example or "れい"
        return (text.ljust(self.shortest, "れ")[: self.longest],)
