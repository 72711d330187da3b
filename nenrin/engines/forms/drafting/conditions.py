"""Conditions for people: ready-made ones to choose from, checked ones, and ones read out."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..fields.contract import Question
from ..fields.naming import named_questions
from ..fields.rich.group import GroupQuestion
from ..language.checker import need
from ..language.parser import parse
from ..language.reading import Named, read_aloud
from ..language.tree import ExpressionError
from ..language.types import Scope, Type
from .content import GROUP, Content, outer_questions
from .state import readable

AGES = ((18, "<", "18歳未満"), (65, ">=", "65歳以上"), (75, ">=", "75歳以上"))


@dataclass(frozen=True)
class Tried:
    """An expression as it was typed: what is wrong with it, or what it says."""

    error: str
    words: str


def try_expression(text: str, wanted: Type, scope: Scope, names: dict[str, Named]) -> Tried:
    """Check one expression. An empty one says nothing and is good."""
    if not text.strip():
        return Tried("", "")
    try:
        node = parse(text)
        need(node, scope, wanted)
    except ExpressionError as error:
        return Tried(str(error), "")
    return Tried("", read_aloud(node, names))


def named(content: Content) -> dict[str, Named]:
    """What every name is called, as far as its question can be read by now."""
    pieces = (readable(piece) for _, piece in outer_questions(content))
    return named_questions(question for question in pieces if question is not None)


def ready_conditions(content: Content, holder: str, own: str) -> list[tuple[str, str]]:
    """Expressions with their words, of every other question that a condition is often made of."""
    found: list[tuple[str, str]] = []
    for place, piece in outer_questions(content):
        question = readable(piece)
        if question is None or question.name == own:
            continue
        if isinstance(question, GroupQuestion):
            is_inside = GROUP + question.name == holder
            for inner in question.fields:
                if inner.name != own:
                    found += list(_of(inner) if is_inside else _of_any(question, inner))
        elif place:
            found += list(_of(question))
    return found


def _of(question: Question) -> Iterator[tuple[str, str]]:
    name, label = question.name, question.label
    if question.kind == "yes_no":
        yield name, f"「{label}」が「はい」"
        yield f"not {name}", f"「{label}」が「いいえ」"
    for choice in getattr(question, "choices", ()) if question.kind == "choice" else ():
        yield f'{name} == "{choice.value}"', f"「{label}」が「{choice.label}」"
    for choice in getattr(question, "choices", ()) if question.kind == "several" else ():
        yield f'"{choice.value}" in {name}', f"「{label}」で「{choice.label}」を選んだ"
    if getattr(question, "birthday", False):
        for age, sign, words in AGES:
            yield f"age_at({name}, today) {sign} {age}", f"「{label}」から数えて{words}"


def _of_any(group: GroupQuestion, inner: Question) -> Iterator[tuple[str, str]]:
    if inner.kind in ("yes_no", "choice"):
        for text, words in _of(inner):
            yield f"any({group.name}, {text})", f"「{group.label}」のどれかで {words}"
