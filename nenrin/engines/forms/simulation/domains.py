"""Which answers are tried for which question."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from ..evaluation.program import Asked, Program
from ..fields.basic.choice import ChoiceQuestion
from ..fields.contract import Outside, Question, Refused
from ..fields.rich.group import GroupQuestion
from ..language.types import Kind
from .boundaries import aims_of

Domains = dict[str, tuple[Any, ...]]
TWO = 2
ALIKE, FIRST_ALONE = "alike", "first alone"


def domains_of(program: Program, today: date) -> Domains:
    """For each question that a rule uses the stored answers to try, the ordinary one first.

    `#members` is the number of items, `~members` whether all items are alike or only the first
    takes the tried answers.
    """
    aims: dict[str, list[Any]] = {}
    used: set[str] = set()
    computed = {asked.key: asked.compute for asked in program.asked() if asked.compute}
    for formula in program.formulas():
        used |= formula.uses
        for key, value in aims_of(formula, computed, today):
            aims.setdefault(key, []).append(value)
    found: Domains = {}
    for asked in program.asked():
        if asked.compute is not None:
            continue
        if isinstance(asked.question, GroupQuestion):
            found |= _sizes(asked, aims.get(f"#{asked.key}", []), asked.key in used)
        elif asked.key in used:
            found[asked.key] = _answers(asked, aims, today)
    return found


def _sizes(asked: Asked, aims: Iterable[int], is_used: bool) -> Domains:
    group = asked.question
    assert isinstance(group, GroupQuestion)  # noqa: S101
    ordinary = max(group.least, 1)
    wanted = [ordinary, *aims, *([TWO] if is_used else [])]
    sizes = [size for size in dict.fromkeys(wanted) if group.least <= size <= group.most]
    if is_used and group.required is not True:
        sizes.append(0)
    found: Domains = {f"#{asked.key}": tuple(dict.fromkeys(sizes))}
    if is_used and max(sizes) > 1:
        found[f"~{asked.key}"] = (ALIKE, FIRST_ALONE)
    return found


def _answers(asked: Asked, aims: dict[str, list[Any]], today: date) -> tuple[Any, ...]:
    question = asked.question
    answers = list(_ordinary(question, aims.get(asked.key, []), today))
    outside = Outside(today)
    for value in aims.get(asked.key, []):
        answers += [
            stored for stored in _stored(question, value, today) if _fits(question, stored, outside)
        ]
    for key, values in aims.items():
        if key.startswith(f"{asked.key}/"):
            part = key.rpartition("/")[2]
            answers += [{**answers[0], part: value} for value in values]
    if question.required is not True:
        answers.append(None)
    return _distinct(answers)


def _ordinary(question: Question, aims: list[Any], today: date) -> Iterable[Any]:
    """Samples; of choices that no rule names one is enough beside the first."""
    samples = question.samples(today)
    if not isinstance(question, ChoiceQuestion) or question.type.kind is not Kind.TEXT:
        return samples
    named = [value for value in samples if value in aims]
    others = [value for value in samples if value not in aims]
    return dict.fromkeys([samples[0], *named, *others[:TWO]])


def _stored(question: Question, value: Any, today: date) -> list[Any]:
    """A value of the language as the question would store it."""
    if value is None:
        near = [today + timedelta(days=step) for step in (-1, 0, 1)]
        if question.type.kind is Kind.DATE:
            return [day.isoformat() for day in near]
        return [0, 1, 2] if question.type.kind is Kind.NUMBER else []
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, Fraction):
        return [value.numerator // value.denominator, -(-value.numerator // value.denominator)]
    if question.type.kind is Kind.SEVERAL:
        return [[value]]
    return [value]


def _fits(question: Question, stored: Any, outside: Outside) -> bool:
    if isinstance(question, ChoiceQuestion) and question.choices_from:
        return True
    try:
        return question.take(stored, outside) is not None
    except Refused:
        return False


def _distinct(answers: Iterable[Any]) -> tuple[Any, ...]:
    seen, found = set(), []
    for answer in answers:
        mark = repr(answer)
        if mark not in seen:
            seen.add(mark)
            found.append(answer)
    return tuple(found)
