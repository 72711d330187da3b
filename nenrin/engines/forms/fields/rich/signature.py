"""A signature: the name typed by the person who stands by it, with the words they agreed to."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ...language.types import TEXT, Kind, Type, Value
from ..contract import Json, Outside, Question, Refused, parts_of
from ..text_rules import tidy_text


class SignatureQuestion(Question):
    kind: Literal["signature"] = "signature"
    statement: Annotated[str, Field(min_length=1, max_length=1000)]

    parts: ClassVar[tuple[str, ...]] = ("name", "agreed")
    value_type: ClassVar[Type] = Type(Kind.RECORD, None, {"name": TEXT})
    blank_words: ClassVar[str] = "確かめて、署名してください。"

    def clean(self, raw: object, outside: Outside) -> Json:
        """Who signed, when, and under which words."""
        typed = parts_of(raw, self.parts)
        name = tidy_text(typed["name"])
        problems = {}
        if not 1 <= len(name) <= 120:
            problems["name"] = "署名として、お名前を書いてください。"
        if not typed["agreed"]:
            problems["agreed"] = "内容を確かめて、チェックを入れてください。"
        if problems:
            raise Refused(problems)
        return {"name": name, "on": outside.today.isoformat(), "statement": self.statement}

    def keep(self, stored: Json, outside: Outside) -> Json:
        """A signature stays as it was given; `shortfall` tells whether it still holds."""
        return stored

    def load(self, stored: Json) -> Value:
        """The parts."""
        if not isinstance(stored, dict) or not stored.get("name"):
            raise ValueError("not a signature")
        return stored

    def shortfall(self, stored: Json) -> str:
        """A signature under other words does not hold."""
        if stored.get("statement") != self.statement:
            return "確かめていただく文が変わりました。もう一度署名してください。"
        return ""

    def display(self, stored: Json) -> str:
        """Who and when."""
        return f"{stored['name']}（{stored['on']} に署名）"

    def boxes(self, stored: Json) -> Json:
        """Name and agreement."""
        return {"name": stored["name"], "agreed": "on"}

    def samples(self, today: date) -> tuple[Json, ...]:
        """A made-up person's signature."""
        return ({"name": "見本 太郎", "on": today.isoformat(), "statement": self.statement},)
