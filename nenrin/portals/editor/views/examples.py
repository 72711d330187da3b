"""A procedure's own tests: kept from a walk, run here and before publishing."""

from datetime import date
from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.drafting.content import change_rows
from nenrin.engines.forms.drafting.state import examine
from nenrin.engines.forms.models import DefinitionDraft
from nenrin.engines.forms.simulation.examples import (
    ENDINGS,
    fee_words,
    record_example,
    run_examples,
)

from ..door import on_draft, save_step
from ..frame import draw
from ..trial import trial_of

LONGEST, MOST = 120, 60


@require_http_methods(["GET", "POST"])
@on_draft
def page(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    """The tests with their outcome; a post keeps, renews or takes away one."""
    state = examine(draft.content)
    if request.method == "POST":
        return _act(request, draft, state.definition)
    outcomes = run_examples(state.definition) if state.definition else ()
    rows = [
        {
            "place": place,
            "name": outcome.example.name,
            "day": outcome.example.day,
            "ends": ENDINGS[outcome.example.expected.ends],
            "reason": outcome.example.expected.reason,
            "fee": fee_words(outcome.example.expected.fee),
            "mismatches": outcome.mismatches,
        }
        for place, outcome in enumerate(outcomes)
    ]
    context = {
        "rows": rows,
        "faults": state.faults,
        "broken": sum(bool(row["mismatches"]) for row in rows),
    }
    return draw(request, draft, "examples.html", context)


def _act(
    request: HttpRequest, draft: DefinitionDraft, definition: Definition | None
) -> HttpResponse:
    held: list[dict[str, Any]] = list(draft.content.get("examples", []))
    place, act = request.POST.get("place", ""), request.POST.get("act", "")
    at = int(place) if place.isdecimal() and int(place) < len(held) else None
    if act == "keep" and definition:
        return _keep(request, draft, definition, held)
    if act == "remove" and at is not None:
        rows = [one for number, one in enumerate(held) if number != at]
        save_step(request, draft, change_rows("examples", rows), "example", "テストを消しました。")
    if act == "renew" and at is not None and definition:
        rows = [
            _renewed(definition, number) if number == at else one for number, one in enumerate(held)
        ]
        words = "いま出るものを、正しいものとして残しました。"
        save_step(request, draft, change_rows("examples", rows), "example", words)
    return redirect("editor_examples", slug=draft.slug)


def _renewed(definition: Definition, place: int) -> dict[str, Any]:
    """The same applicant, with what comes out now as what must come out."""
    old = definition.examples[place]
    names = {question.name for _, question in definition.questions()}
    answers = {name: answer for name, answer in old.answers.items() if name in names}
    return _recorded(definition, old.name, answers, old.day)


def _keep(
    request: HttpRequest, draft: DefinitionDraft, definition: Definition, held: list[dict[str, Any]]
) -> HttpResponse:
    name = request.POST.get("name", "").strip()[:LONGEST]
    if not name or len(held) >= MOST:
        words = "どんな人かを書いてから残してください（例: 65歳以上の一人ぐらし）。"
        notes.error(request, words if not name else f"テストは{MOST}までです。")
        return redirect("editor_preview_end", slug=draft.slug)
    trial = trial_of(request, draft)
    made = _recorded(definition, name, trial.answers, trial.day.isoformat())
    save_step(
        request, draft, change_rows("examples", [*held, made]), "example", "テストに残しました。"
    )
    return redirect("editor_examples", slug=draft.slug)


def _recorded(
    definition: Definition, name: str, answers: dict[str, Any], day: str
) -> dict[str, Any]:
    made = record_example(definition, name, answers, date.fromisoformat(day))
    content = made.model_dump(mode="json", exclude_defaults=True)
    return {**content, "expected": made.expected.model_dump(mode="json")}
