"""Values on both sides of every comparison an expression makes.

`age_at(birth, today) >= 65` yields birth dates that are 64, just 65, and 66 years ago.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from ..evaluation.program import Formula
from ..language.compiler import NO_ITEM, compile_node
from ..language.functions import add_months
from ..language.tree import Binary, Call, ListOf, Name, Node, children
from ..language.types import Scope
from ..language.uses import uses

# A field's key with a value worth trying; `#members` is the number of items.
Aim = tuple[str, Any]
COMPARING = ("==", "!=", "<", "<=", ">", ">=")
OVER_GROUP = ("sum", "any", "all", "count")


def aims_of(formula: Formula, computed: Mapping[str, Formula], today: date) -> Iterator[Aim]:
    """Every value worth trying for the fields the formula uses, also by way of computed ones."""
    yield from _Finder(computed, today).walk(formula.node, formula.scope)


class _Finder:
    def __init__(self, computed: Mapping[str, Formula], today: date) -> None:
        self.computed = computed
        self.today = today

    def walk(self, node: Node, scope: Scope) -> Iterator[Aim]:
        if isinstance(node, Binary) and node.operator in COMPARING:
            yield from self._compare(node.left, node.right, scope)
        elif isinstance(node, Binary) and node.operator == "in":
            yield from self._within(node, scope)
        elif isinstance(node, Call) and node.function in ("min", "max"):
            yield from self._least_or_most(node, scope)
        for below, inside in _below(node, scope):
            yield from self.walk(below, inside)

    def _constant(self, node: Node, scope: Scope) -> Any:
        """The value of an expression that uses no field; None where it does."""
        if any(uses(node, scope)):
            return None
        return compile_node(node, scope)({"today": self.today}, NO_ITEM)

    def _compare(self, left: Node, right: Node, scope: Scope) -> Iterator[Aim]:
        for side, other in ((left, right), (right, left)):
            value = self._constant(other, scope)
            if value is not None:
                yield from self.reach(side, value, scope)
        if any(uses(left, scope)) and any(uses(right, scope)):
            for side in (left, right):
                if isinstance(side, Name):
                    yield from ((key, None) for key in uses(side, scope))

    def _within(self, node: Binary, scope: Scope) -> Iterator[Aim]:
        held = node.right.items if isinstance(node.right, ListOf) else (node.left,)
        target = node.left if isinstance(node.right, ListOf) else node.right
        for one in held:
            value = self._constant(one, scope)
            if value is not None and isinstance(target, Name):
                yield from ((key, value) for key in uses(target, scope))

    def _least_or_most(self, node: Call, scope: Scope) -> Iterator[Aim]:
        limits = [self._constant(one, scope) for one in node.arguments]
        for limit in (one for one in limits if one is not None):
            for argument in node.arguments:
                yield from self.reach(argument, limit, scope)

    def reach(self, node: Node, value: Any, scope: Scope) -> Iterator[Aim]:
        """Values that bring ``node`` to ``value`` and to its neighbours."""
        if isinstance(node, Name):
            yield from self._near(node, value, scope)
        elif isinstance(node, Binary) and node.operator in ("+", "-", "*", "/"):
            yield from self._through(node, value, scope)
        elif isinstance(node, Call):
            yield from self._through_call(node, value, scope)

    def _through_call(self, node: Call, value: Any, scope: Scope) -> Iterator[Aim]:
        if node.function in ("age_at", "days_between", "months_between"):
            yield from self._through_days(node, int(value), scope)
        elif node.function in ("fiscal_year", "year_of"):
            yield from self._through_year(node, int(value), scope)
        elif node.function == "count":
            first = next(uses(node.arguments[0], scope), "")
            yield from ((f"#{first}", int(value) + step) for step in (-1, 0, 1))
        elif node.function == "length":
            sizes = (max(int(value) + step, 1) for step in (-1, 0, 1))
            yield from ((key, "れ" * size) for size in sizes for key in uses(node, scope))
        else:
            for argument, inside in _below(node, scope):
                yield from self.reach(argument, value, inside)

    def _near(self, node: Name, value: Any, scope: Scope) -> Iterator[Aim]:
        (key,) = tuple(uses(node, scope)) or ("",)
        if key in self.computed:
            behind = self.computed[key]
            yield from self.reach(behind.node, value, behind.scope)
        elif len(node.path) > 1:
            yield f"{key}/{'/'.join(node.path[1:])}", value
        elif isinstance(value, date):
            yield from ((key, value + timedelta(days=step)) for step in (-1, 0, 1))
        elif isinstance(value, int | Fraction) and not isinstance(value, bool):
            yield from ((key, value + step) for step in (-1, 0, 1))
        else:
            yield key, value

    def _through(self, node: Binary, value: Any, scope: Scope) -> Iterator[Aim]:
        """Undo one step of arithmetic with a constant; with two fields, aim both at the value."""
        for side, other, on_right in (
            (node.left, node.right, False),
            (node.right, node.left, True),
        ):
            known = self._constant(other, scope)
            if known is None:
                yield from self.reach(side, value, scope)
            elif (undone := _undo(node.operator, value, known, on_right)) is not None:
                yield from self.reach(side, undone, scope)

    def _through_days(self, node: Call, value: int, scope: Scope) -> Iterator[Aim]:
        start, end = node.arguments
        ending = self._constant(end, scope)
        starting = self._constant(start, scope)
        for amount in (value - 1, value, value + 1):
            for slack in (0, 1):
                if starting is None:
                    day = _before(node.function, ending or self.today, amount, slack)
                    yield from ((key, day) for key in uses(start, scope))
                if ending is None:
                    day = _after(node.function, starting or self.today, amount, slack)
                    yield from ((key, day) for key in uses(end, scope))

    def _through_year(self, node: Call, value: int, scope: Scope) -> Iterator[Aim]:
        first = 4 if node.function == "fiscal_year" else 1
        for year in (value, value + 1):
            for step in (-1, 0):
                day = date(year, first, 1) + timedelta(days=step)
                yield from self.reach(node.arguments[0], day, scope)


def _below(node: Node, scope: Scope) -> Iterator[tuple[Node, Scope]]:
    is_over = isinstance(node, Call) and node.function in OVER_GROUP and len(node.arguments) == 2
    if is_over and isinstance(node, Call) and isinstance(node.arguments[0], Name):
        yield node.arguments[1], scope.inside(node.arguments[0].path[0])
        return
    yield from ((below, scope) for below in children(node))


def _undo(operator: str, value: Any, known: Any, on_right: bool) -> Any:
    if operator == "+":
        return value - known
    if operator == "-":
        return known - value if on_right else value + known
    if operator == "*":
        return Fraction(value) / known if known else None
    return value * known if not on_right else None


def _before(function: str, end: date, amount: int, slack: int) -> date:
    """A start from which it is ``amount`` to ``end``; with ``slack`` one day short of it."""
    if function == "days_between":
        return end - timedelta(days=amount + slack)
    months = amount * (12 if function == "age_at" else 1)
    return (add_months(end, -months) or end) + timedelta(days=slack)


def _after(function: str, start: date, amount: int, slack: int) -> date:
    if function == "days_between":
        return start + timedelta(days=amount + slack)
    months = amount * (12 if function == "age_at" else 1)
    return (add_months(start, months) or start) - timedelta(days=slack)
