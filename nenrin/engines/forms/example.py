"""A definition's own tests: somebody's answers on a day, and what must come out."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from .fields.contract import Frozen, Words

Ending = Literal["sent", "stopped", "unfinished"]
# An amount; "later" where it is settled afterwards, "none" where nothing is owed by definition.
FeeExpected = Annotated[int, Field(ge=0)] | Literal["none", "later"]


class Expected(Frozen):
    """What must come out. What is left empty is not looked at."""

    ends: Ending = "sent"
    reason: str = ""
    fee: FeeExpected | None = None
    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


class Example(Frozen):
    """One made-up applicant. The day is fixed, so that the outcome is the same in any year."""

    name: Words
    day: str
    answers: dict[str, Any]
    expected: Expected

    @field_validator("day")
    @classmethod
    def _is_a_day(cls, text: str) -> str:
        try:
            date.fromisoformat(text)
        except ValueError as error:
            raise ValueError("日付は 2026-04-01 のように書いてください。") from error
        return text
