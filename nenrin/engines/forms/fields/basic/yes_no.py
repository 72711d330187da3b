"""Yes or no; a consent is a yes that must be given."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ...language.types import BOOL, Type, Value
from ..contract import Choice, Json, Outside, Question, Refused

YES, NO = ("yes", "true", "1", "on", True), ("no", "false", "0", False)


class YesNoQuestion(Question):
    kind: Literal["yes_no"] = "yes_no"
    yes: Annotated[str, Field(max_length=60)] = "はい"
    no: Annotated[str, Field(max_length=60)] = "いいえ"
    consent: bool = False

    value_type: ClassVar[Type] = BOOL
    blank_words: ClassVar[str] = "選んでください。"

    def clean(self, raw: object, outside: Outside) -> Json:
        """True or false."""
        if raw in YES:
            return True
        if raw in NO:
            return False
        raise Refused(f"「{self.yes}」か「{self.no}」を選んでください。")

    def load(self, stored: Json) -> Value:
        """True or false."""
        if not isinstance(stored, bool):
            raise ValueError("not a yes or no")
        return stored

    def shortfall(self, stored: Json) -> str:
        """A consent that was not given."""
        if self.consent and stored is not True:
            return f"先へ進むには「{self.yes}」が要ります。できないときはお問い合わせください。"
        return ""

    def display(self, stored: Json) -> str:
        """The chosen word."""
        return self.yes if stored else self.no

    def boxes(self, stored: Json) -> Json:
        """The value of the chosen answer."""
        return "yes" if stored else "no"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Both answers as they are offered."""
        return (Choice(value="yes", label=self.yes), Choice(value="no", label=self.no))

    def samples(self, today: date) -> tuple[Json, ...]:
        """Both answers; only the yes of a consent is good."""
        return (True,) if self.consent else (False, True)
