"""Which rules use a question: told before it is taken away."""

import re
from collections.abc import Iterator

from ..fields.naming import reading
from .conditions import named
from .content import Content, outer_questions, pages_of

RULES = ("show", "skip", "required", "compute")


def users_of(content: Content, name: str) -> list[str]:
    """Each rule that names the question, in words."""
    names = named(content)
    word = re.compile(rf"\b{re.escape(name)}\b")
    return [
        f"{where}: {reading(text, names)}" for where, text in _rules(content) if word.search(text)
    ]


def _rules(content: Content) -> Iterator[tuple[str, str]]:
    for page in pages_of(content):
        yield from _of(f"ページ「{page.get('title')}」", page)
    for _, question in outer_questions(content):
        for one in (question, *question.get("fields", [])):
            yield from _of(f"項目「{one.get('label')}」", one)
    for stop in content.get("blocks", []):
        yield "受け付けない条件", str(stop.get("when", ""))
    for rule in content.get("fee", {}).get("rules", []):
        for key in ("when", "amount"):
            yield f"手数料「{rule.get('name')}」", str(rule.get(key, ""))


def _of(where: str, piece: dict[str, object]) -> Iterator[tuple[str, str]]:
    for key in RULES:
        if isinstance(piece.get(key), str):
            yield where, str(piece[key])
    checks = piece.get("checks")
    for check in checks if isinstance(checks, list) else ():
        yield where, str(check.get("that", ""))
