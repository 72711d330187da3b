"""One page of a form: shown, taken in, and shown again with what has to be mended.

A module mounts it by calling `answer_section` from its view with a `Mount` of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ..definition import Definition, Section
from ..evaluation.clean import clean_answers
from ..evaluation.evaluate import evaluate
from ..evaluation.result import Evaluation
from ..fields.contract import Outside
from .posted import ADD, REMOVE, KeepFile, Posted
from .questions import PageState, shown_questions

LOOK, LATER, BACK = "_look", "_later", "_back"


@dataclass(frozen=True)
class Mount:
    """What the module that owns the answers brings along.

    ``save`` is called with all answers whenever good ones came in. ``prefilled`` are suggestions by
    question name: they are shown as such and stored only when the page is sent.
    """

    definition: Definition
    answers: Mapping[str, Any]
    outside: Outside
    save: Callable[[dict[str, Any]], None]
    keep_file: KeepFile
    section_url: Callable[[str], str]
    finish_url: str
    leave_url: str
    prefilled: Mapping[str, Any]
    base_template: str = "ui/resident.html"

    def look(self, answers: Mapping[str, Any]) -> Evaluation:
        """The form's state under these answers."""
        return evaluate(self.definition, answers, today=self.outside.today)


def answer_section(request: HttpRequest, mount: Mount, name: str) -> HttpResponse:
    """Answer a GET or POST of one section. Raises Http404 for a page that is not shown."""
    section = next((one for one in mount.definition.pages if one.name == name), None)
    if section is None or name not in mount.look(mount.answers).sections:
        raise Http404
    if request.method != "POST":
        return _draw(request, mount, section, _first_look(mount, section))
    return _take(request, mount, section)


def _first_look(mount: Mount, section: Section) -> PageState:
    offered = {
        question.name: mount.prefilled[question.name]
        for question in section.fields
        if question.name in mount.prefilled and question.name not in mount.answers
    }
    answers = {**offered, **mount.answers}
    return PageState(mount.look(answers), answers, {}, {}, mount.outside, frozenset(offered))


def _take(request: HttpRequest, mount: Mount, section: Section) -> HttpResponse:
    posted = Posted(request, mount.answers, mount.keep_file)
    typed = posted.typed(section.fields)
    shown = [question for question in section.fields if question.name in typed]
    cleaned = clean_answers(shown, typed, mount.outside)
    problems = cleaned.problems | posted.refused
    merged = {**mount.answers, **cleaned.answers}
    answers = {key: value for key, value in merged.items() if value is not None}
    mount.save(answers)
    evaluation = mount.look(answers)
    if any(key in request.POST for key in (LOOK, ADD, REMOVE)):
        # A look in between asks for nothing yet: only what was typed wrongly is said.
        typed_wrongly = problems if LOOK not in request.POST else {}
        state = PageState(evaluation, answers, typed, typed_wrongly, mount.outside)
        return _draw(request, mount, section, state)
    if LATER in request.POST:
        return redirect(mount.leave_url)
    if BACK in request.POST:
        return redirect(_neighbour(mount, evaluation, section, -1))
    problems = _must_mend(section, evaluation) | problems
    if problems:
        state = PageState(evaluation, answers, typed, problems, mount.outside)
        return _draw(request, mount, section, state, status=422)
    return redirect(_neighbour(mount, evaluation, section, 1))


def _must_mend(section: Section, evaluation: Evaluation) -> dict[str, str]:
    """What keeps this page from being left; what may follow does not."""
    names = {question.name for question in section.fields}
    found: dict[str, str] = {}
    for problem in evaluation.problems:
        if problem.path.split(".")[0] in names and not problem.may_follow:
            found.setdefault(problem.path, problem.message)
    return found


def _neighbour(mount: Mount, evaluation: Evaluation, section: Section, step: int) -> str:
    names = list(evaluation.sections)
    place = names.index(section.name) + step
    if place < 0:
        return mount.leave_url
    return mount.section_url(names[place]) if place < len(names) else mount.finish_url


def _draw(
    request: HttpRequest, mount: Mount, section: Section, state: PageState, status: int = 200
) -> HttpResponse:
    shown = tuple(shown_questions(section.fields, state))
    names = list(state.evaluation.sections)
    context = {
        "definition": mount.definition,
        "section": section,
        "questions": shown,
        "problems": _summary(section, shown, state.problems),
        "blocks": state.evaluation.blocks,
        "evaluation": state.evaluation,
        "position": names.index(section.name) + 1 if section.name in names else 1,
        "total": len(names),
        "is_last": names[-1:] == [section.name],
        "base_template": mount.base_template,
        "leave_url": mount.leave_url,
    }
    is_part = LOOK in request.POST and request.headers.get("HX-Request") == "true"
    template = "forms/_questions.html" if is_part else "forms/section.html"
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _summary(
    section: Section, shown: tuple[Any, ...], problems: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """For each problem: where the link goes, what the question is called, how to mend it."""
    labels = {one.path: one.question.label for one in shown}
    for one in shown:
        for position, item in enumerate(one.items, 1):
            labels |= {
                inner.path: f"{one.question.label}{position} の{inner.question.label}"
                for inner in item
            }
    known = sorted(labels, key=len, reverse=True)
    rows = []
    for path, words in problems.items():
        owner = next((name for name in known if path == name or path.startswith(f"{name}.")), "")
        label = labels.get(owner, section.title)
        rows.append(("f-" + path.replace(".", "-"), label, words))
    return rows
