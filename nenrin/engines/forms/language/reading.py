"""An expression read out in Japanese, for those who would rather not read its signs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .tree import Binary, Call, ListOf, Literal, Name, Node, Unary

COMPARED = {
    "==": "{0}が{1}",
    "!=": "{0}が{1}でない",
    "<": "{0}が{1}より小さい",
    "<=": "{0}が{1}以下",
    ">": "{0}が{1}より大きい",
    ">=": "{0}が{1}以上",
    "in": "{0}が{1}のどれか",
}
COUNTED = {"+": "{0} ＋ {1}", "-": "{0} － {1}", "*": "{0} × {1}", "/": "{0} ÷ {1}"}
CALLED = {
    "age_at": "{0}から数えた{1}の年齢",
    "days_between": "{0}から{1}までの日数",
    "months_between": "{0}から{1}までの月数",
    "fiscal_year": "{0}の年度",
    "year_of": "{0}の年",
    "month_of": "{0}の月",
    "add_days": "{0}の{1}日後",
    "add_months": "{0}の{1}か月後",
    "length": "{0}の文字数",
    "answered": "{0}に答えた",
    "if": "{0}なら{1}、ちがえば{2}",
    "count1": "{0}の数",
    "count2": "{0}のうち {1} の数",
    "sum": "{0}の {1} の合計",
    "any": "{0}のどれかで {1}",
    "all": "{0}のすべてで {1}",
    "floor1": "{0}（端数切り捨て）",
    "floor2": "{0}（{1}未満切り捨て）",
    "ceil1": "{0}（端数切り上げ）",
    "ceil2": "{0}（{1}単位に切り上げ）",
}
EXTREMES = {"min": "小さいほう", "max": "大きいほう"}


@dataclass(frozen=True)
class Named:
    """What a name is called: a question's label, those of its choices, whether it is yes/no."""

    label: str
    choices: Mapping[str, str] = field(default_factory=dict)
    is_yes_no: bool = False


def read_aloud(node: Node, names: Mapping[str, Named]) -> str:
    """The condition or amount in words; names that nobody knows are read as they are."""
    return _Reader(names).condition(node)


class _Reader:
    def __init__(self, names: Mapping[str, Named]) -> None:
        self.names = names

    def condition(self, node: Node) -> str:
        """Where a truth is wanted: a yes/no alone is read as its yes."""
        match node:
            case Name() if self._known(node).is_yes_no:
                return f"{self.value(node)}が「はい」"
            case Unary(operator="not", operand=Name() as name) if self._known(name).is_yes_no:
                return f"{self.value(name)}が「いいえ」"
            case Unary(operator="not", operand=operand):
                return f"（{self.condition(operand)}）でない"
            case Binary(operator=operator, left=left, right=right) if operator in ("and", "or"):
                word = "、かつ " if operator == "and" else "、または "
                return f"{self._inside(left, operator)}{word}{self._inside(right, operator)}"
        return self.value(node)

    def _inside(self, node: Node, around: str) -> str:
        words = self.condition(node)
        is_other = isinstance(node, Binary) and node.operator in {"and", "or"} - {around}
        return f"（{words}）" if is_other else words

    def value(self, node: Node) -> str:
        """Where a value is wanted."""
        match node:
            case Literal(value=value):
                return _plain(value)
            case Name():
                return self._name(node)
            case ListOf(items=items):
                return "・".join(self.value(item) for item in items)
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)
            case Unary(operator="-", operand=operand):
                return f"－{self.value(operand)}"
        return self.condition(node)

    def _known(self, node: Name) -> Named:
        return self.names.get(node.path[0], Named(node.path[0]))

    def _name(self, node: Name) -> str:
        if node.path == ("today",):
            return "今日"
        part = f"の {node.path[1]}" if len(node.path) > 1 else ""
        return f"「{self._known(node).label}」{part}"

    def _binary(self, node: Binary) -> str:
        if node.operator in ("and", "or"):
            return self.condition(node)
        left, right = self._chosen(node.left, node.right), self._chosen(node.right, node.left)
        if node.operator == "in" and isinstance(node.right, Name):
            return f"{right}で{left}を選んだ"
        pattern = COMPARED.get(node.operator) or COUNTED[node.operator]
        return pattern.format(left, right)

    def _chosen(self, node: Node, other: Node) -> str:
        """A literal beside a choice is read as that choice's label."""
        choices = self._known(other).choices if isinstance(other, Name) else {}
        if isinstance(node, ListOf):
            return "・".join(self._chosen(item, other) for item in node.items)
        if isinstance(node, Literal) and node.value in choices:
            return f"「{choices[str(node.value)]}」"
        if isinstance(node, Literal) and isinstance(node.value, bool):
            return "「はい」" if node.value else "「いいえ」"
        return self.value(node)

    def _call(self, node: Call) -> str:
        counted = f"{node.function}{len(node.arguments)}"
        pattern = CALLED.get(counted) or CALLED.get(node.function)
        truth = node.function in ("any", "all", "count", "if")
        words = [
            self.condition(one) if truth and place == (0 if node.function == "if" else 1)
            else self.value(one)
            for place, one in enumerate(node.arguments)
        ]  # fmt: skip
        if pattern:
            return pattern.format(*words)
        return f"{'・'.join(words)}の{EXTREMES.get(node.function, node.function)}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return (
        f"{value:,}"
        if isinstance(value, int)
        else f"「{value}」"
        if isinstance(value, str)
        else str(float(value))
    )
