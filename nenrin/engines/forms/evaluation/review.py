"""All visible answers as a person reads them: for the page before sending, desks and receipts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..definition import Definition
from ..fields.contract import Question, is_blank
from ..fields.rich.group import GroupQuestion
from .evaluate import evaluate
from .result import Evaluation, as_json


@dataclass(frozen=True)
class Reviewed:
    """One answer. ``depth`` is 1 inside a group; an empty ``text`` is no answer."""

    path: str
    label: str
    text: str
    depth: int = 0


@dataclass(frozen=True)
class ReviewedSection:
    """A page's answers, to be shown with a way back to it."""

    name: str
    title: str
    rows: tuple[Reviewed, ...]


def review(
    definition: Definition, answers: Mapping[str, Any], *, today: date
) -> tuple[ReviewedSection, ...]:
    """Every visible question with its answer, page by page."""
    state = evaluate(definition, answers, today=today)
    pages = {section.name: section for section in definition.pages}
    return tuple(
        ReviewedSection(name, pages[name].title, tuple(_rows(pages[name].fields, answers, state)))
        for name in state.sections
    )


def _rows(
    questions: tuple[Question, ...], answers: Mapping[str, Any], state: Evaluation
) -> Iterator[Reviewed]:
    for question in questions:
        if question.name not in state.visible:
            continue
        yield _row(question, question.name, answers, state, 0)
        if isinstance(question, GroupQuestion):
            yield from _items(question, answers.get(question.name) or [], state)


def _items(
    group: GroupQuestion, items: list[Mapping[str, Any]], state: Evaluation
) -> Iterator[Reviewed]:
    for position, item in enumerate(items):
        title = f"{group.label} {position + 1}{group.item}目"
        yield Reviewed(f"{group.name}.{position}", title, "", 1)
        for question in group.fields:
            path = f"{group.name}.{position}.{question.name}"
            if path in state.visible:
                yield _row(question, path, item, state, 1)


def _row(
    question: Question, path: str, answers: Mapping[str, Any], state: Evaluation, depth: int
) -> Reviewed:
    stored = as_json(state.computed[path]) if question.compute else answers.get(question.name)
    text = "" if is_blank(stored) else question.display(stored)
    return Reviewed(path, question.label, text, depth)
