"""Turn a checked tree into closures: built once for a published version, called for each answer."""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from .functions import FUNCTIONS, Function, tidy
from .tree import Binary, Call, ListOf, Literal, Name, Node, Unary
from .types import Scope

Values = Mapping[str, Any]
Compiled = Callable[[Values, Values], Any]
NO_ITEM: Values = {}

COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt,
    ">=": operator.ge, "+": operator.add, "-": operator.sub, "*": operator.mul,
}  # fmt: skip


def compile_node(node: Node, scope: Scope) -> Compiled:
    """A function of (the form's values, the item's values) that gives the value or None."""
    match node:
        case Literal(value=value):
            return lambda form, item: value
        case Name():
            return _name(node, scope)
        case ListOf(items=items):
            return _list(tuple(compile_node(one, scope) for one in items))
        case Unary(operator="not"):
            return _not(compile_node(node.operand, scope))
        case Unary():
            return _negative(compile_node(node.operand, scope))
        case Binary():
            return _binary(node, scope)
        case Call():
            return _call(node, scope)


def _name(node: Name, scope: Scope) -> Compiled:
    first, *parts = node.path
    of_item = first in scope.item
    if not parts:
        if of_item:
            return lambda form, item: item.get(first)
        return lambda form, item: form.get(first)

    def part(form: Values, item: Values) -> Any:
        found: Any = (item if of_item else form).get(first)
        for name in parts:
            found = None if found is None else found.get(name)
        return found

    return part


def _list(items: tuple[Compiled, ...]) -> Compiled:
    return lambda form, item: tuple(one(form, item) for one in items)


def _not(operand: Compiled) -> Compiled:
    def act(form: Values, item: Values) -> bool | None:
        found = operand(form, item)
        return None if found is None else not found

    return act


def _negative(operand: Compiled) -> Compiled:
    def act(form: Values, item: Values) -> Any:
        found = operand(form, item)
        return None if found is None else -found

    return act


def _binary(node: Binary, scope: Scope) -> Compiled:
    left, right = compile_node(node.left, scope), compile_node(node.right, scope)
    if node.operator == "and":
        return _both(left, right)
    if node.operator == "or":
        return _either(left, right)
    if node.operator == "in":
        return _within(left, right)
    if node.operator == "/":
        return _divide(left, right)
    return _apply(COMPARE[node.operator], left, right)


def _both(left: Compiled, right: Compiled) -> Compiled:
    def act(form: Values, item: Values) -> bool | None:
        first = left(form, item)
        if first is False:
            return False
        second = right(form, item)
        if second is False:
            return False
        return None if first is None or second is None else True

    return act


def _either(left: Compiled, right: Compiled) -> Compiled:
    def act(form: Values, item: Values) -> bool | None:
        first = left(form, item)
        if first is True:
            return True
        second = right(form, item)
        if second is True:
            return True
        return None if first is None or second is None else False

    return act


def _apply(act: Callable[[Any, Any], Any], left: Compiled, right: Compiled) -> Compiled:
    def applied(form: Values, item: Values) -> Any:
        first, second = left(form, item), right(form, item)
        return None if first is None or second is None else act(first, second)

    return applied


def _divide(left: Compiled, right: Compiled) -> Compiled:
    def act(form: Values, item: Values) -> Any:
        first, second = left(form, item), right(form, item)
        if first is None or not second:
            return None
        return tidy(Fraction(first) / second)

    return act


def _within(left: Compiled, right: Compiled) -> Compiled:
    def act(form: Values, item: Values) -> bool | None:
        one, held = left(form, item), right(form, item)
        if one is None or held is None:
            return None
        if one in held:
            return True
        return None if None in held else False

    return act


def _call(node: Call, scope: Scope) -> Compiled:
    if node.function == "answered":
        inner = compile_node(node.arguments[0], scope)
        return lambda form, item: inner(form, item) not in (None, "", (), [])
    if node.function == "if":
        return _choose(*(compile_node(one, scope) for one in node.arguments))
    if node.function in FUNCTIONS:
        arguments = tuple(compile_node(one, scope) for one in node.arguments)
        return _function(FUNCTIONS[node.function], arguments)
    return _over_group(node, scope)


def _choose(condition: Compiled, yes: Compiled, no: Compiled) -> Compiled:
    def act(form: Values, item: Values) -> Any:
        found = condition(form, item)
        return None if found is None else (yes if found else no)(form, item)

    return act


def _function(function: Function, arguments: tuple[Compiled, ...]) -> Compiled:
    inner = function.act

    def act(form: Values, item: Values) -> Any:
        found = [one(form, item) for one in arguments]
        return None if None in found else inner(*found)

    return act


def _over_group(node: Call, scope: Scope) -> Compiled:
    held = compile_node(node.arguments[0], scope)
    if len(node.arguments) == 1:
        return _count(held)
    over = node.arguments[0]
    inner = compile_node(node.arguments[1], scope.inside(over.path[0]))  # type: ignore[union-attr]
    fold = FOLDS[node.function]

    def act(form: Values, item: Values) -> Any:
        items = held(form, item)
        return None if items is None else fold([inner(form, one) for one in items])

    return act


def _count(held: Compiled) -> Compiled:
    def act(form: Values, item: Values) -> int | None:
        items = held(form, item)
        return None if items is None else len(items)

    return act


def _any(found: list[Any]) -> bool | None:
    return True if True in found else (None if None in found else False)


def _all(found: list[Any]) -> bool | None:
    return False if False in found else (None if None in found else True)


FOLDS: dict[str, Callable[[list[Any]], Any]] = {
    "sum": lambda found: None if None in found else tidy(sum(found)),
    "count": lambda found: None if None in found else found.count(True),
    "any": _any,
    "all": _all,
}
