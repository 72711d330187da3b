"""What an evaluation says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from ..language.types import Value


class ProblemKind(StrEnum):
    """Why an answer is not good yet."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    SHORT = "short"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Problem:
    """What to mend, where: ``path`` is `birth`, or `members.0.birth`."""

    path: str
    kind: ProblemKind
    message: str
    may_follow: bool = False


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why the form cannot be sent at all, and which answers say so."""

    message: str
    article: str
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeeDecision:
    """What is owed, by which rule; an ``amount`` of None is settled later."""

    amount: int | None
    name: str
    article: str
    is_example: bool


@dataclass(frozen=True)
class Evaluation:
    """The state of a form under some answers, on one day.

    ``fee`` is None while it is not decided, and where the form costs nothing by definition
    (``has_fee`` is False). ``next_section`` is the first page with something to do, or None;
    ``signers`` are the roles whose signatures are wanted under these answers.
    """

    sections: tuple[str, ...]
    visible: frozenset[str]
    required: frozenset[str]
    computed: Mapping[str, Value]
    problems: tuple[Problem, ...]
    blocks: tuple[Blocked, ...]
    has_fee: bool
    fee: FeeDecision | None
    next_section: str | None
    signers: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether nothing is wrong or missing."""
        return not self.problems and not self.blocks

    @property
    def may_be_sent(self) -> bool:
        """Whether all that is missing may follow later."""
        return not self.blocks and all(problem.may_follow for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Traced:
    """One rule and what it said: a value, or those for the items of a group."""

    place: str
    text: str
    value: Value


def as_json(value: Value) -> Any:
    """A computed value as plain data, as its question would store it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        decimal = f"{float(value):.4f}".rstrip("0").rstrip(".")
        return value.numerator if value.denominator == 1 else decimal
    return list(value) if isinstance(value, tuple) else value
