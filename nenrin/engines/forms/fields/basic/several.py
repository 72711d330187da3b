"""Any of several answers."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ...language.types import TEXT, Kind, Type, Value
from ..contract import Json, Outside, Refused, list_of
from .choice import ChoiceQuestion


class SeveralQuestion(ChoiceQuestion):
    kind: Literal["several"] = "several"  # type: ignore[assignment]
    least: Annotated[int, Field(ge=1)] = 1
    most: Annotated[int, Field(ge=1)] = 50

    when_left_blank: ClassVar[tuple[str, ...]] = ()

    @property
    def type(self) -> Type:
        """Several of the values."""
        options = frozenset(choice.value for choice in self.choices)
        return Type(Kind.SEVERAL, options or None, {"each": TEXT})

    def clean(self, raw: object, outside: Outside) -> Json:
        """The chosen values in the order they are offered."""
        typed = list_of(raw)
        offered = [choice.value for choice in self.offered(outside)]
        if any(one not in offered for one in typed):
            raise Refused("一覧の中から選び直してください。")
        chosen = [value for value in offered if value in typed]
        if not self.least <= len(chosen) <= self.most:
            raise Refused(f"{self.least}つから{self.most}つまで選んでください。")
        return chosen

    def load(self, stored: Json) -> Value:
        """The values."""
        if not isinstance(stored, list):
            raise ValueError("not a list")
        return tuple(str(one) for one in stored)

    def shortfall(self, stored: Json) -> str:
        """A choice that this version does not offer."""
        return next(
            filter(None, (super(SeveralQuestion, self).shortfall(one) for one in stored)), ""
        )

    def display(self, stored: Json) -> str:
        """The labels, one after the other."""
        return "、".join(super(SeveralQuestion, self).display(one) for one in stored)

    def boxes(self, stored: Json) -> Json:
        """The chosen values."""
        return stored

    def samples(self, today: date) -> tuple[Json, ...]:
        """The fewest, each alone where that is enough, and all that may be chosen."""
        values = list(super().samples(today))
        alone = [[value] for value in values] if self.least == 1 else []
        return tuple([values[: self.least], *alone[1:], values[: self.most]])
