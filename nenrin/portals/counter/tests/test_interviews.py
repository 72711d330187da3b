"""Every branch of every interview is walked: what it names exists, and each question matters."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

import pytest

from nenrin.engines.forms.evaluation.evaluate import evaluate
from nenrin.residents.counter.interviews.guide import guide_for, is_answered
from nenrin.residents.counter.interviews.interview import Interview
from nenrin.residents.counter.interviews.shipped import facts_form, handed_on, interviews
from nenrin.residents.procedures.catalog import catalog

TODAY = date(2026, 11, 24)
KEYS = list(interviews())
Answers = dict[str, Any]


def _asked_next(interview: Interview, answers: Answers) -> Any:
    visible = evaluate(interview.form, answers, today=TODAY).visible
    open_ones = (q for q in interview.questions if q.name in visible and q.name not in answers)
    return next(open_ones, None)


def _branches(interview: Interview, answers: Answers | None = None) -> Iterator[Answers]:
    """Every way through the questions."""
    given = answers or {}
    question = _asked_next(interview, given)
    if question is None:
        yield given
        return
    for stored in question.samples(TODAY):
        yield from _branches(interview, {**given, question.name: stored})


@cache
def _walked(key: str) -> list[tuple[Answers, tuple[str, ...]]]:
    interview = interviews()[key]
    return [(one, _outcome(interview, one)) for one in _branches(interview)]


def _outcome(interview: Interview, answers: Answers) -> tuple[str, ...]:
    guide = guide_for(interview, answers, catalog(), TODAY)
    assert guide.missing == () and is_answered(interview, answers, TODAY)
    slugs = tuple(step.definition.slug for step in guide.steps)
    told = tuple(one.slug for one in interview.procedures if one.slug in slugs)
    assert sorted(slugs) == sorted(told) and slugs[:1] == told[:1]
    owners = [step.definition.owner for step in guide.steps]
    assert len(list(groupby(owners))) == len(set(owners)) == len(guide.by_desk)
    assert guide.minutes == sum(catalog()[slug].minutes for slug in slugs)
    assert len(guide.belongings) == len(set(guide.belongings))
    return (*slugs, *(one.title for one in guide.elsewhere))


@pytest.mark.parametrize("key", KEYS)
def test_every_branch_ends_in_procedures_that_exist(key):
    assert all(name.slug in catalog() for name in interviews()[key].procedures)
    assert len(_walked(key)) > 1


@pytest.mark.parametrize("key", KEYS)
def test_everything_named_applies_to_somebody_and_not_without_reason(key):
    interview = interviews()[key]
    found = {name for _, outcome in _walked(key) for name in outcome}
    wanted = {one.slug for one in interview.procedures}
    assert wanted | {one.title for one in interview.elsewhere} <= found
    for one in interview.procedures:
        if one.when:
            assert any(one.slug not in outcome for _, outcome in _walked(key)), one.slug


@pytest.mark.parametrize("key", KEYS)
def test_each_question_and_each_choice_matters(key):
    """Two people who differ in one answer, and in what follows from it alone, get other guides."""
    interview = interviews()[key]
    for question in interview.questions:
        for stored in question.samples(TODAY):
            assert _makes_a_difference(interview, question.name, stored), (question.name, stored)


def _makes_a_difference(interview: Interview, name: str, stored: Any) -> bool:
    """Whether some walk that gave another answer would, with this one, lead elsewhere."""
    for answers, outcome in _walked(interview.key):
        if name not in answers or answers[name] == stored:
            continue
        changed = {**answers, name: stored}
        visible = evaluate(interview.form, changed, today=TODAY).visible
        kept = {key: value for key, value in changed.items() if key in visible}
        if any(_outcome(interview, one) != outcome for one in _branches(interview, kept)):
            return True
    return False


def test_most_of_the_hundred_are_found_by_telling_what_happened():
    named = {one.slug for interview in interviews().values() for one in interview.procedures}
    assert len(catalog()) == 100 and sorted(set(catalog()) - named) == []


def test_a_slip_of_the_pen_in_a_condition_is_refused():
    rows = interviews()["birth"].model_dump()
    rows["procedures"][0]["when"] = 'when == "befor"'
    with pytest.raises(ValueError, match="before"):
        Interview.model_validate(rows)


@pytest.mark.parametrize("key", KEYS)
def test_what_is_written_once_fits_every_form_it_is_handed_to(key):
    facts = {question.name: question for _, question in facts_form(key).questions()}
    assert {"applicant", "birth", "home", "telephone"} <= facts.keys()
    for form, questions in handed_on().items():
        kinds = {question.name: question.kind for _, question in catalog()[form].questions()}
        for name, fact in questions.items():
            if fact in facts:
                assert kinds[name] == facts[fact].kind, (form, name)
