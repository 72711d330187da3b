"""Cut the text of an expression into tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .tree import ExpressionError

TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<date>\d{4}-\d{2}-\d{2})
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<text>"(?:[^"\\]|\\.)*")
    |(?P<name>[a-z][a-z0-9_]*)
    |(?P<sign>==|!=|<=|>=|[-+*/<>()\[\],.])""",
    re.VERBOSE,
)
MENDED = {
    "＝": "==", "=": "==", "＜": "<", "＞": ">", "＋": "+", "－": "-", "−": "-", "×": "*", "÷": "/",
    "（": "(", "）": ")", "、": ",", "，": ",", "「": '"', "」": '"', "'": '"', "&": "and",
    "|": "or", "≦": "<=", "≧": ">=", "≠": "!=",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    at: int


def tokens(text: str) -> Iterator[Token]:
    """Each token, and an ``end`` at last. Raises ExpressionError at what is none."""
    at = 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            raise ExpressionError(_reason(text[at]), at)
        kind = str(found.lastgroup)
        if kind != "space":
            yield Token(kind, found.group(), at)
        at = found.end()
    yield Token("end", "", at)


def _reason(character: str) -> str:
    if character == '"':
        return '文字の終わりの " がありません。'
    if character in MENDED:
        return f"「{character}」は使えません。「{MENDED[character]}」と書いてください。"
    return f'「{character}」は式に使えない文字です。文字は "…" で囲んでください。'
