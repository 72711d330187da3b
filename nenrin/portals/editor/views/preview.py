"""The draft as an applicant would walk through it; nothing of it becomes an application."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.drafting.conditions import named
from nenrin.engines.forms.drafting.state import examine
from nenrin.engines.forms.evaluation.result import Traced
from nenrin.engines.forms.evaluation.review import review
from nenrin.engines.forms.fields.naming import reading
from nenrin.engines.forms.models import DefinitionDraft
from nenrin.engines.forms.pages.section import LOOK, Mount, answer_section

from ..door import on_draft
from ..frame import draw
from ..trial import (
    WIDTHS,
    Trial,
    fired,
    keep_trial,
    not_kept,
    outside_on,
    state_of,
    trial_of,
    with_samples,
)


@dataclass(frozen=True)
class Aside:
    """What stands beside a page of the walk, for `editor/preview_base.html`."""

    draft: DefinitionDraft
    trial: Trial
    width: str
    holds: list[tuple[str, str]]
    rests: list[tuple[str, str]]
    begin_url: str


@require_http_methods(["GET", "POST"])
@on_draft
def begin(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    """Choose the day, the width and with which answers to begin; or what keeps it from a walk."""
    state = examine(draft.content)
    if state.definition is None:
        return draw(request, draft, "preview_refused.html", {"faults": state.faults})
    trial, error = trial_of(request, draft), ""
    if request.method == "POST":
        trial, error = _chosen(request, trial, state.definition)
        if not error:
            keep_trial(request, draft, trial)
            return redirect(_first(draft, state.definition, trial))
    context = {
        "trial": trial,
        "trial_day": trial.day.isoformat(),
        "widths": WIDTHS,
        "error": error,
        "kept": request.POST,
    }
    return draw(request, draft, "preview.html", context, status=400 if error else 200)


def _chosen(request: HttpRequest, trial: Trial, definition: Definition) -> tuple[Trial, str]:
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return trial, "日付を選び直してください（例: 2026-04-01）。"
    width = request.POST.get("width", "")
    made = replace(trial, day=day, width=width if width in WIDTHS else "phone")
    answers = request.POST.get("answers", "")
    if answers == "none":
        return replace(made, answers={}), ""
    return (with_samples(made, definition) if answers == "samples" else made), ""


def _first(draft: DefinitionDraft, definition: Definition, trial: Trial) -> str:
    state = state_of(definition, trial)
    if trial.answers and state.next_section is None:
        return reverse("editor_preview_end", kwargs={"slug": draft.slug})
    section = state.next_section or next(iter(state.sections), definition.pages[0].name)
    return _place(draft, section)


def _place(draft: DefinitionDraft, section: str) -> str:
    return reverse("editor_preview_page", kwargs={"slug": draft.slug, "section": section})


@require_http_methods(["GET", "POST"])
@on_draft
def section(request: HttpRequest, draft: DefinitionDraft, section: str) -> HttpResponse:
    """One page of questions, as the applicant sees it, with the rules that hold beside it."""
    definition = examine(draft.content).definition
    if definition is None:
        return redirect("editor_preview", slug=draft.slug)
    trial = trial_of(request, draft)
    if section not in state_of(definition, trial).sections:
        return redirect(_first(draft, definition, trial))
    mount = _mount(request, draft, definition, trial)
    _stand_beside(request, draft, definition, trial)
    return answer_section(request, mount, section)


def _mount(
    request: HttpRequest, draft: DefinitionDraft, definition: Definition, trial: Trial
) -> Mount:
    def save(answers: dict[str, Any]) -> None:
        changed = replace(trial, answers=answers)
        keep_trial(request, draft, changed)
        if LOOK not in request.POST:
            _stand_beside(request, draft, definition, changed)

    place: Callable[[str], str] = lambda name: _place(draft, name)  # noqa: E731
    return Mount(
        definition=definition,
        answers=trial.answers,
        outside=outside_on(trial.day),
        save=save,
        keep_file=not_kept,
        section_url=place,
        finish_url=reverse("editor_preview_end", kwargs={"slug": draft.slug}),
        leave_url=reverse("editor_preview", kwargs={"slug": draft.slug}),
        prefilled={},
        base_template="editor/preview_base.html",
    )


def _stand_beside(
    request: HttpRequest, draft: DefinitionDraft, definition: Definition, trial: Trial
) -> None:
    request.trial = aside(draft, definition, trial)  # type: ignore[attr-defined]


def aside(draft: DefinitionDraft, definition: Definition, trial: Trial) -> Aside:
    """The rules in words, those that hold first."""
    names = named(draft.content)

    def words(found: list[Traced]) -> list[tuple[str, str]]:
        return [(_in_words(one.place), reading(one.text, names)) for one in found]

    holds, rests = fired(definition, trial)
    url = reverse("editor_preview", kwargs={"slug": draft.slug})
    return Aside(draft, trial, WIDTHS[trial.width], words(holds), words(rests), url)


RULES = {
    " show": "出す", " skip": "飛ばす", " required": "かならず", " compute": "計算",
    " checks": "確かめ", " when": "当てはまる", " amount": "額",
}  # fmt: skip


def _in_words(place: str) -> str:
    what, found, rule = place.rpartition("の")
    return f"{what}　{RULES[rule]}" if found and rule in RULES else place


@require_http_methods(["GET"])
@on_draft
def end(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    """What would be sent, what it costs, what is said; and keeping it as a test."""
    definition = examine(draft.content).definition
    if definition is None:
        return redirect("editor_preview", slug=draft.slug)
    trial = trial_of(request, draft)
    state = state_of(definition, trial)
    labels = {question.name: question.label for _, question in definition.questions()}
    context = {
        "trial": trial,
        "aside": aside(draft, definition, trial),
        "state": state,
        "definition": definition,
        "pages": [
            (page, _place(draft, page.name))
            for page in review(definition, trial.answers, today=trial.day)
        ],
        "missing": [
            (labels.get(one.path.split(".")[0], one.path), one.message, one.may_follow)
            for one in state.problems
        ],
        "notices": [one for one in definition.notices if one.at == "received"],
    }
    return draw(request, draft, "preview_end.html", context)
