"""The typed tree of an expression. Every node knows where in the text it stands."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

Plain = bool | int | Fraction | str | date


class ExpressionError(ValueError):
    """An expression cannot be used; the text says where and why, in Japanese."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(f"{at + 1}文字目: {message}")
        self.message = message
        self.at = at


@dataclass(frozen=True, slots=True)
class Literal:
    value: Plain
    at: int


@dataclass(frozen=True, slots=True)
class ListOf:
    items: tuple["Node", ...]
    at: int


@dataclass(frozen=True, slots=True)
class Name:
    """A field, or a part of one: ``applicant.family``."""

    path: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Unary:
    operator: str
    operand: "Node"
    at: int


@dataclass(frozen=True, slots=True)
class Binary:
    operator: str
    left: "Node"
    right: "Node"
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple["Node", ...]
    at: int


Node = Literal | ListOf | Name | Unary | Binary | Call


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    match node:
        case ListOf(items=items):
            return items
        case Unary(operand=operand):
            return (operand,)
        case Binary(left=left, right=right):
            return (left, right)
        case Call(arguments=arguments):
            return arguments
    return ()
