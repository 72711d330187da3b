"""One of several answers, given in the definition or from outside."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ...language.types import Kind, Type
from ..contract import Choice, Json, Outside, Question, Refused, text_of


class ChoiceQuestion(Question):
    kind: Literal["choice"] = "choice"
    choices: tuple[Choice, ...] = ()
    choices_from: Annotated[str, Field(max_length=40)] = ""

    blank_words: ClassVar[str] = "選んでください。"

    @model_validator(mode="after")
    def _has_choices(self) -> Self:
        values = [choice.value for choice in self.choices]
        if bool(values) == bool(self.choices_from):
            raise ValueError(
                "choices（選択肢）か choices_from（外の一覧）のどちらかを書いてください。"
            )
        if len(values) != len(set(values)):
            raise ValueError("同じ value の選択肢があります。")
        return self

    @property
    def type(self) -> Type:
        """A text that is one of the values."""
        options = frozenset(choice.value for choice in self.choices)
        return Type(Kind.TEXT, options or None)

    def offered(self, outside: Outside) -> Sequence[Choice]:
        """What may be chosen now."""
        return self.choices or outside.choices.get(self.choices_from, ())

    def clean(self, raw: object, outside: Outside) -> Json:
        """The chosen value."""
        typed = text_of(raw)
        if typed not in {choice.value for choice in self.offered(outside)}:
            raise Refused("一覧の中から選び直してください。")
        return typed

    def keep(self, stored: Json, outside: Outside) -> Json:
        """Choices from outside are looked up again only where they are known."""
        is_unknown = self.choices_from and self.choices_from not in outside.choices
        return stored if is_unknown else self.take(stored, outside)

    def shortfall(self, stored: Json) -> str:
        """A choice that this version does not offer."""
        if self.choices and stored not in {choice.value for choice in self.choices}:
            return "この選択肢はなくなりました。選び直してください。"
        return ""

    def display(self, stored: Json) -> str:
        """The label of the chosen value."""
        return next((one.label for one in self.choices if one.value == stored), str(stored))

    def samples(self, today: date) -> tuple[Json, ...]:
        """Every choice."""
        return tuple(choice.value for choice in self.choices) or ("sample",)
