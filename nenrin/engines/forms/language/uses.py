"""Which fields an expression looks at: `birth`, or `members.birth` for a field of each item."""

from collections.abc import Iterator

from .tree import Call, Name, Node, children
from .types import Kind, Scope


def uses(node: Node, scope: Scope) -> Iterator[str]:
    """Names of the fields used; a group's name alone means only how many items it has."""
    if isinstance(node, Name):
        first = node.path[0]
        if first in scope.item:
            yield f"{scope.group}.{first}"
        elif first != "today":
            yield first
    elif isinstance(node, Call) and len(node.arguments) == 2 and _is_over_group(node, scope):
        over = node.arguments[0]
        yield from uses(over, scope)
        yield from uses(node.arguments[1], scope.inside(over.path[0]))  # type: ignore[union-attr]
    else:
        for below in children(node):
            yield from uses(below, scope)


def _is_over_group(node: Call, scope: Scope) -> bool:
    over = node.arguments[0]
    if not isinstance(over, Name) or node.function not in ("sum", "any", "all", "count"):
        return False
    found = scope.form.get(over.path[0])
    return found is not None and found.kind is Kind.GROUP
