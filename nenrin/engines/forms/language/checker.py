"""Find out an expression's type, and refuse what cannot be meant."""

import difflib
from collections.abc import Iterable

from .functions import FUNCTIONS, SPECIAL
from .tree import Binary, Call, ExpressionError, ListOf, Literal, Name, Node, Unary
from .types import BOOL, DATE, NUMBER, SEVERAL, TEXT, Kind, Scope, Type

ORDERED = (Kind.NUMBER, Kind.DATE)


def type_of(node: Node, scope: Scope) -> Type:
    """The type of the expression; raises ExpressionError for unknown names and wrong types."""
    match node:
        case Literal():
            return _literal(node)
        case Name():
            return _name(node, scope)
        case ListOf():
            return _list(node, scope)
        case Unary(operator="not"):
            return need(node.operand, scope, BOOL)
        case Unary():
            return need(node.operand, scope, NUMBER)
        case Binary():
            return _binary(node, scope)
        case Call():
            return _call(node, scope)


def need(node: Node, scope: Scope, wanted: Type) -> Type:
    """The type of ``node``, which must be of the wanted kind."""
    found = type_of(node, scope)
    if found.kind is not wanted.kind:
        words = f"ここには「{wanted.kind}」が要りますが「{found.kind}」です。"
        raise ExpressionError(words, node.at)
    return found


def _literal(node: Literal) -> Type:
    if isinstance(node.value, bool):
        return BOOL
    if isinstance(node.value, str):
        return Type(Kind.TEXT, frozenset({node.value}))
    return DATE if hasattr(node.value, "year") else NUMBER


def _name(node: Name, scope: Scope) -> Type:
    first, *parts = node.path
    if first == "today" and not parts:
        return DATE
    found = scope.item.get(first) or scope.form.get(first)
    if found is None:
        raise ExpressionError(
            _unknown(f"「{first}」という項目", first, [*scope.item, *scope.form]), node.at
        )
    for part in parts:
        if found.kind is Kind.GROUP or part not in found.parts:
            held = list(found.parts) if found.kind is Kind.RECORD else []
            raise ExpressionError(
                _unknown(f"「{first}」に「{part}」という部分", part, held), node.at
            )
        found = found.parts[part]
    return found


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    hint = f"「{close[0]}」のことですか。" if close else ""
    return f"{what}はありません。{hint}"


def _list(node: ListOf, scope: Scope) -> Type:
    if not node.items:
        raise ExpressionError("[ ] の中が空です。", node.at)
    first = type_of(node.items[0], scope)
    types = [need(item, scope, first) for item in node.items]
    options = frozenset().union(*(found.options or frozenset() for found in types))
    return Type(Kind.SEVERAL, options or None, {"each": Type(first.kind)})


def _binary(node: Binary, scope: Scope) -> Type:
    if node.operator in ("and", "or"):
        need(node.left, scope, BOOL)
        return need(node.right, scope, BOOL)
    if node.operator in ("+", "-", "*", "/"):
        need(node.left, scope, NUMBER)
        return need(node.right, scope, NUMBER)
    if node.operator == "in":
        return _within(node, scope)
    left = type_of(node.left, scope)
    right = need(node.right, scope, left)
    comparable = (Kind.TEXT, Kind.BOOL, *ORDERED) if node.operator in ("==", "!=") else ORDERED
    if left.kind not in comparable:
        raise ExpressionError(f"「{left.kind}」を {node.operator} でくらべられません。", node.at)
    _must_share_options(node, left, right)
    return BOOL


def _within(node: Binary, scope: Scope) -> Type:
    right = need(node.right, scope, SEVERAL)
    left = need(node.left, scope, right.parts.get("each", TEXT))
    _must_share_options(node, left, right)
    return BOOL


def _must_share_options(node: Binary, left: Type, right: Type) -> None:
    """A literal that the other side can never be is a slip of the pen."""
    written = (Literal, ListOf)
    if isinstance(node.left, written) and isinstance(node.right, written):
        return
    for one, other, side in ((left, right, node.left), (right, left, node.right)):
        if not isinstance(side, written) or one.options is None or other.options is None:
            continue
        strange = sorted(one.options - other.options)
        if strange:
            words = _unknown(f"「{strange[0]}」という選択肢", strange[0], sorted(other.options))
            raise ExpressionError(words, side.at)


def _call(node: Call, scope: Scope) -> Type:
    if node.function in SPECIAL:
        return _special(node, scope)
    function = FUNCTIONS.get(node.function)
    if function is None:
        words = _unknown(
            f"「{node.function}」というはたらき", node.function, [*FUNCTIONS, *SPECIAL]
        )
        raise ExpressionError(words, node.at)
    most = None if function.repeats else len(function.needs)
    _must_have(node, function.least, most)
    for position, argument in enumerate(node.arguments):
        need(argument, scope, function.needs[min(position, len(function.needs) - 1)])
    return function.gives


def _must_have(node: Call, least: int, most: int | None) -> None:
    count = len(node.arguments)
    if count < least or (most is not None and count > most):
        wanted = f"{least}つ" if least == most else f"{least}つから{most or 'いくつでも'}"
        raise ExpressionError(
            f"{node.function} の ( ) の中は{wanted}です（いま{count}つ）。", node.at
        )


def _special(node: Call, scope: Scope) -> Type:
    if node.function == "answered":
        _must_have(node, 1, 1)
        if not isinstance(node.arguments[0], Name):
            raise ExpressionError("answered の ( ) には項目の名前を書きます。", node.at)
        type_of(node.arguments[0], scope)
        return BOOL
    if node.function == "if":
        _must_have(node, 3, 3)
        need(node.arguments[0], scope, BOOL)
        chosen = type_of(node.arguments[1], scope)
        need(node.arguments[2], scope, chosen)
        return Type(chosen.kind)
    return _over_group(node, scope)


def _over_group(node: Call, scope: Scope) -> Type:
    _must_have(node, 1 if node.function == "count" else 2, 2)
    over = node.arguments[0]
    found = type_of(over, scope)
    if node.function == "count" and len(node.arguments) == 1 and found.kind is Kind.SEVERAL:
        return NUMBER
    if found.kind is not Kind.GROUP or not isinstance(over, Name):
        raise ExpressionError(f"{node.function} の最初は、くり返しの項目です。", over.at)
    if len(node.arguments) == 2:
        wanted = NUMBER if node.function == "sum" else BOOL
        need(node.arguments[1], scope.inside(over.path[0]), wanted)
    return BOOL if node.function in ("any", "all") else NUMBER
