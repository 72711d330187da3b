"""What every kind of question owes: options, cleaning, its type in rules, its words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_serializer
from pydantic import SerializerFunctionWrapHandler as Serialize

from ..language.types import TEXT, Type, Value
from .text_rules import MY_NUMBER_WORDS, holds_my_number

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
Json = Any
Expression = str


def _identifier(name: str) -> str:
    if not IDENTIFIER.fullmatch(name) or name in (
        "today",
        "and",
        "or",
        "not",
        "in",
        "true",
        "false",
    ):
        raise ValueError(f"「{name}」は名前に使えません。小文字の英字と数字と _ で書いてください。")
    return name


Identifier = Annotated[str, AfterValidator(_identifier)]
Words = Annotated[str, Field(min_length=1, max_length=400)]


class Frozen(BaseModel):
    """Base of everything in a definition: immutable, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(Frozen):
    """Something to choose: what is stored, and what is shown."""

    value: Annotated[str, Field(min_length=1, max_length=80)]
    label: Words
    help: str = ""


class Check(Frozen):
    """A rule an answer must keep, with the words that say how to mend it."""

    that: Expression
    message: Words


@dataclass(frozen=True)
class Outside:
    """What a form is told from outside: the day, and lists of choices by name."""

    today: date
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)


class Refused(Exception):
    """An answer cannot be taken. ``problems`` maps a part ("" is the whole) to how to mend it.

    ``kept`` is what of a larger answer is good nevertheless, so that it is not typed again.
    """

    def __init__(self, problems: str | Mapping[str, str], kept: Json = None) -> None:
        self.problems = {"": problems} if isinstance(problems, str) else dict(problems)
        self.kept = kept
        super().__init__(" ".join(self.problems.values()))


class Question(Frozen):
    """One question. ``required`` may be an expression; ``may_follow`` lets it come later."""

    kind: str
    name: Identifier
    label: Words
    help: Annotated[str, Field(max_length=1000)] = ""
    required: bool | Expression = True
    may_follow: bool = False
    show: Expression = ""
    skip: Expression = ""
    compute: Expression = ""
    checks: tuple[Check, ...] = ()
    prefill: Annotated[str, Field(max_length=80)] = ""

    # What an optional question left blank is in expressions: unknown, or nothing at all.
    when_left_blank: ClassVar[Any] = None
    # What is said where an answer is missing.
    blank_words: ClassVar[str] = "書いてください。"
    # What browsers may fill in, for the box or for each part.
    autocomplete: ClassVar[str | dict[str, str]] = ""
    # Names of the boxes the answer is typed into; none for a single box.
    parts: ClassVar[tuple[str, ...]] = ()
    value_type: ClassVar[Type] = TEXT

    @model_serializer(mode="wrap")
    def _always_with_kind(self, serialize: Serialize) -> dict[str, Any]:
        """The kind stands first, also where defaults are left out."""
        return {"kind": self.kind, **serialize(self)}

    @property
    def type(self) -> Type:
        """What the answer is in expressions."""
        return self.value_type

    def take(self, raw: object, outside: Outside) -> Json:
        """The answer to store, or None where nothing was typed. Raises Refused."""
        if holds_my_number(raw):
            raise Refused(MY_NUMBER_WORDS)
        return None if is_blank(raw) else self.clean(raw, outside)

    def clean(self, raw: object, outside: Outside) -> Json:
        """The answer of something typed, as plain JSON. Raises Refused with Japanese words."""
        raise NotImplementedError

    def keep(self, stored: Json, outside: Outside) -> Json:
        """A stored answer, cleaned once more under this question's options. Raises Refused."""
        return self.take(stored, outside)

    def load(self, stored: Json) -> Value:
        """The stored answer as expressions see it. Raises ValueError for what is none."""
        if not isinstance(stored, str):
            raise ValueError("not a text")
        return stored

    def shortfall(self, stored: Json) -> str:
        """What the stored answer still lacks, in words; empty where it is whole."""
        return ""

    def display(self, stored: Json) -> str:
        """The answer as a person reads it."""
        return str(stored)

    def boxes(self, stored: Json) -> Json:
        """The stored answer as it is typed: a text, or a text for each part."""
        return stored if self.parts else str(stored)

    def samples(self, today: date) -> tuple[Json, ...]:
        """Answers that are good, for the simulator; the first is the ordinary one."""
        raise NotImplementedError


def is_blank(raw: object) -> bool:
    """Whether nothing was typed or chosen."""
    if isinstance(raw, Mapping):
        return all(is_blank(held) for held in raw.values())
    if isinstance(raw, str):
        return not raw.strip()
    return raw is None or raw == [] or raw == ()


def text_of(raw: object) -> str:
    """What came in for a single box. Raises Refused for anything else."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Refused("この答えは読めませんでした。もう一度入れてください。")
    return str(raw)


def parts_of(raw: object, names: Sequence[str]) -> dict[str, str]:
    """What came in for several boxes; what is missing is empty. Raises Refused."""
    if not isinstance(raw, Mapping):
        raise Refused("この答えは読めませんでした。もう一度入れてください。")
    return {name: text_of(raw.get(name) or "") for name in names}


def list_of(raw: object) -> list[Any]:
    """What came in for something that may have several answers."""
    if isinstance(raw, str):
        return [raw]
    if not isinstance(raw, list | tuple):
        raise Refused("この答えは読めませんでした。もう一度選んでください。")
    return list(raw)
