"""Read an expression into its tree, by recursive descent over the grammar in the package's page."""

import re
from datetime import date
from fractions import Fraction

from .lexer import Token, tokens
from .tree import Binary, Call, ExpressionError, ListOf, Literal, Name, Node, Unary, children

LONGEST = 2000
DEEPEST = 40
DEEPEST_TREE = 80
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=", "in")
RESERVED = frozenset({"and", "or", "not", "in", "true", "false", "today"})


def parse(text: str) -> Node:
    """The tree of ``text``; raises ExpressionError with the place and what to write instead."""
    if len(text) > LONGEST:
        raise ExpressionError(f"式が長すぎます（{LONGEST}文字まで）。分けてください。", LONGEST)
    reader = _Reader(list(tokens(text)))
    node = reader.either()
    rest = reader.token
    if rest.kind != "end":
        raise ExpressionError(f"「{rest.text}」の前で式が終わっています。", rest.at)
    _must_be_shallow(node)
    return node


def _must_be_shallow(node: Node) -> None:
    """Trees are walked by recursion: a chain may not grow as deep as the text is long."""
    level = [node]
    for _ in range(DEEPEST_TREE):
        level = [below for one in level for below in children(one)]
        if not level:
            return
    raise ExpressionError("式の段が多すぎます。compute の項目に分けてください。", node.at)


class _Reader:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._next = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        return self._tokens[self._next]

    def _take(self, *texts: str) -> Token | None:
        token = self.token
        if token.kind in ("sign", "name") and token.text in texts:
            self._next += 1
            return token
        return None

    def _must_take(self, text: str) -> None:
        if not self._take(text):
            shown = self.token.text or "式の終わり"
            raise ExpressionError(f"「{text}」が要りますが「{shown}」があります。", self.token.at)

    def either(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError("かっこの入れ子が深すぎます。", self.token.at)
        node = self._both()
        while sign := self._take("or"):
            node = Binary("or", node, self._both(), sign.at)
        self._depth -= 1
        return node

    def _both(self) -> Node:
        node = self._negated()
        while sign := self._take("and"):
            node = Binary("and", node, self._negated(), sign.at)
        return node

    def _negated(self) -> Node:
        signs = []
        while sign := self._take("not"):
            signs.append(sign)
        node = self._comparison()
        for sign in reversed(signs):
            node = Unary("not", node, sign.at)
        return node

    def _comparison(self) -> Node:
        node = self._sum()
        if sign := self._take(*COMPARISONS):
            node = Binary(sign.text, node, self._sum(), sign.at)
            if again := self._take(*COMPARISONS):
                words = f"「{again.text}」を続けて書けません。and で分けてください。"
                raise ExpressionError(words, again.at)
        return node

    def _sum(self) -> Node:
        node = self._product()
        while sign := self._take("+", "-"):
            node = Binary(sign.text, node, self._product(), sign.at)
        return node

    def _product(self) -> Node:
        node = self._signed()
        while sign := self._take("*", "/"):
            node = Binary(sign.text, node, self._signed(), sign.at)
        return node

    def _signed(self) -> Node:
        signs = []
        while sign := self._take("-"):
            signs.append(sign)
        node = self._atom()
        for sign in reversed(signs):
            node = Unary("-", node, sign.at)
        return node

    def _atom(self) -> Node:
        token = self.token
        if self._take("("):
            node = self.either()
            self._must_take(")")
            return node
        if self._take("["):
            return ListOf(self._until("]"), token.at)
        if token.kind in ("number", "date", "text"):
            self._next += 1
            return Literal(_value(token), token.at)
        if token.kind == "name":
            self._next += 1
            return self._named(token)
        shown = f"「{token.text}」" if token.text else "式の終わり"
        raise ExpressionError(f"{shown}のところに、項目の名前か値が要ります。", token.at)

    def _named(self, token: Token) -> Node:
        if token.text in ("true", "false"):
            return Literal(token.text == "true", token.at)
        if token.text in RESERVED - {"today"}:
            raise ExpressionError(f"「{token.text}」の左か右が足りません。", token.at)
        if self._take("("):
            return Call(token.text, self._until(")"), token.at)
        path = [token.text]
        while self._take("."):
            part = self.token
            if part.kind != "name":
                raise ExpressionError("「.」のあとに部分の名前が要ります。", part.at)
            self._next += 1
            path.append(part.text)
        return Name(tuple(path), token.at)

    def _until(self, closing: str) -> tuple[Node, ...]:
        if self._take(closing):
            return ()
        found = [self.either()]
        while self._take(","):
            found.append(self.either())
        self._must_take(closing)
        return tuple(found)


def _value(token: Token) -> int | Fraction | str | date:
    if token.kind == "text":
        return re.sub(r"\\(.)", r"\1", token.text[1:-1])
    if token.kind == "number":
        return Fraction(token.text) if "." in token.text else int(token.text)
    try:
        return date.fromisoformat(token.text)
    except ValueError:
        raise ExpressionError(f"「{token.text}」という日はありません。", token.at) from None
