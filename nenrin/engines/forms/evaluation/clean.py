"""Clean what was typed into a page: good answers to store, and what to mend, by path."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..fields.contract import Outside, Question, Refused


@dataclass(frozen=True)
class Cleaned:
    """``answers`` has None for a question left empty; refused ones are not in it, but for
    what is good within them."""

    answers: dict[str, Any]
    problems: dict[str, str]


def clean_answers(
    questions: Iterable[Question], typed: Mapping[str, Any], outside: Outside
) -> Cleaned:
    """Clean the typed answers of these questions; computed ones are never taken from outside."""
    answers: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for question in questions:
        if question.compute:
            continue
        try:
            answers[question.name] = question.take(typed.get(question.name), outside)
        except Refused as refusal:
            if refusal.kept is not None:
                answers[question.name] = refusal.kept
            problems |= {
                f"{question.name}.{part}" if part else question.name: words
                for part, words in refusal.problems.items()
            }
    return Cleaned(answers, problems)
