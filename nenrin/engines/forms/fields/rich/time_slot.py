"""A free time, one of those offered from outside."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ...language.types import Value
from ..contract import Json, Outside, Question, Refused, text_of


class TimeSlotQuestion(Question):
    kind: Literal["time_slot"] = "time_slot"
    slots_from: Annotated[str, Field(min_length=1, max_length=40)]

    blank_words: ClassVar[str] = "選んでください。"

    def clean(self, raw: object, outside: Outside) -> Json:
        """The slot with its words; whether it is still free is settled when it is booked."""
        slots = outside.choices.get(self.slots_from, ())
        offered = {choice.value: choice.label for choice in slots}
        if not offered:
            raise Refused("いま選べる日時がありません。お電話でご相談ください。")
        typed = text_of(raw)
        if typed not in offered:
            raise Refused("その日時はうまってしまいました。ほかの日時を選んでください。")
        return {"slot": typed, "label": offered[typed]}

    def load(self, stored: Json) -> Value:
        """The slot's id."""
        return str(stored["slot"])

    def display(self, stored: Json) -> str:
        """The slot as it was offered."""
        return str(stored["label"])

    def boxes(self, stored: Json) -> Json:
        """The slot's id."""
        return stored["slot"]

    def keep(self, stored: Json, outside: Outside) -> Json:
        """A slot that was taken stays."""
        return stored

    def samples(self, today: date) -> tuple[Json, ...]:
        """A made-up slot."""
        return ({"slot": "sample", "label": "見本の日時"},)
