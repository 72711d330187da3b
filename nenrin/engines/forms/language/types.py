"""What a value may be, as the checker sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

# Values while evaluating: None is "unknown"; a group is a list of its items' values.
Value = bool | int | Fraction | str | date | tuple[Any, ...] | list[Any] | dict[str, Any] | None


class Kind(StrEnum):
    """Kinds of value, with the word used in messages."""

    NUMBER = "数"
    TEXT = "文字"
    BOOL = "はい・いいえ"
    DATE = "日付"
    SEVERAL = "いくつか"
    GROUP = "くり返し"
    RECORD = "まとまり"


@dataclass(frozen=True)
class Type:
    """A kind; for texts and choices what they may be; for records and groups what they hold."""

    kind: Kind
    options: frozenset[str] | None = None
    parts: Mapping[str, "Type"] = field(default_factory=dict, hash=False)


NUMBER, TEXT, BOOL, DATE = (Type(kind) for kind in (Kind.NUMBER, Kind.TEXT, Kind.BOOL, Kind.DATE))
SEVERAL = Type(Kind.SEVERAL)


@dataclass(frozen=True)
class Scope:
    """Names an expression may use: the form's, and inside a group those of the item as well."""

    form: Mapping[str, Type]
    group: str = ""

    @property
    def item(self) -> Mapping[str, Type]:
        """Names of the item's fields."""
        return self.form[self.group].parts if self.group else {}

    def inside(self, group: str) -> "Scope":
        """The scope of an expression about one item of ``group``."""
        return Scope(self.form, group)
