"""Filling an application in, by the applicant or by a clerk: one form, four mouths."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject

from nenrin.engines.casework.moves import CaseRefused
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.evaluation.evaluate import evaluate
from nenrin.engines.forms.evaluation.result import Evaluation
from nenrin.engines.forms.evaluation.review import ReviewedSection, review
from nenrin.engines.forms.pages.section import Mount, answer_section
from nenrin.engines.forms.selectors import definition_of
from nenrin.residents.procedures.applicant.standing import Standing
from nenrin.residents.procedures.filling.opened import MendMount, open_names, opened
from nenrin.residents.procedures.filling.outside import outside_now
from nenrin.residents.procedures.filling.prefill import carried, prefill_of
from nenrin.residents.procedures.locking import ApplicationRefused, is_open
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.selectors import newer_version
from nenrin.residents.procedures.services.drafts.keep_attachment import keep_attachment
from nenrin.residents.procedures.services.drafts.save_answers import save_answers
from nenrin.residents.procedures.services.submit_application import submit_application
from nenrin.residents.procedures.signing.rules import unsigned

from .raising import Raising, raising_for

PROMISES = {
    "truth": "書いたことに、まちがいはありません。",
    "consent": "この手続きのために、町が持っている情報を役場が確かめることに同意します。",
}
OVER = "この申請はもう送られています。"


@dataclass(frozen=True)
class Desk:
    """Where the filling takes place: addresses, look, who types, and what they promise."""

    section_url: Callable[[str], str]
    review_url: str
    home_url: str
    base_template: str
    review_template: str
    acting_user: str
    standing: Standing | None = None
    promises: Mapping[str, str] = field(default_factory=lambda: PROMISES)


def mount_for(application: Application, desk: Desk) -> Mount:
    """The form on this desk; while something is mended, only that is open."""
    definition = definition_of(application.version)
    answers = dict(application.answers)
    outside = outside_now(definition)

    def save(changed: dict[str, Any]) -> None:
        save_answers(
            application=application, before=answers, answers=changed, acting_user=desk.acting_user
        )

    def keep(question: Any, upload: Any) -> Mapping[str, Any]:
        return keep_attachment(
            application=application,
            question=question,
            upload=upload,
            acting_user=desk.acting_user,
        )

    common: dict[str, Any] = {
        "answers": answers,
        "outside": outside,
        "save": save,
        "keep_file": keep,
        "section_url": desk.section_url,
        "finish_url": desk.review_url,
        "leave_url": desk.home_url,
        "base_template": desk.base_template,
    }
    if application.case is None:
        # Looked up only where a page is shown for the first time.
        known = cast("Any", SimpleLazyObject(partial(_known, application, definition)))
        return Mount(definition=definition, prefilled=known, **common)
    asked = frozenset(application.open_fields)
    state = evaluate(definition, answers, today=outside.today)
    shown = opened(definition, open_names(asked, state))
    return MendMount(definition=shown, prefilled={}, whole=definition, asked=asked, **common)


def _known(application: Application, definition: Definition) -> dict[str, Any]:
    found = prefill_of(application, definition)
    return found | (carried(application.follows, definition) if application.follows else {})


def fill_section(
    request: HttpRequest, application: Application, section: str, desk: Desk
) -> HttpResponse:
    """One page of the form."""
    if not is_open(application):
        notes.error(request, OVER)
        return redirect(desk.home_url)
    try:
        return answer_section(request, mount_for(application, desk), section)
    except ApplicationRefused as refusal:
        notes.error(request, str(refusal))
        return redirect(desk.home_url)


def fill_review(request: HttpRequest, application: Application, desk: Desk) -> HttpResponse:
    """Every answer once more, the promises, and the one button that sends."""
    if not is_open(application):
        # A second tap comes here when the first has already sent: its number is on that page.
        return redirect(desk.home_url)
    if request.method != "POST":
        return _draw(request, application, desk, [])
    missing = [words for key, words in desk.promises.items() if not request.POST.get(key)]
    if missing:
        return _draw(request, application, desk, ["送る前に、下の確かめに印をつけてください。"])
    try:
        submit_application(
            application=application,
            submission=_submission(request),
            acting_user=desk.acting_user,
        )
    except (ApplicationRefused, CaseRefused) as refusal:
        return _draw(request, application, desk, [str(refusal)])
    return redirect(desk.home_url)


def _submission(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid4()


def _draw(
    request: HttpRequest, application: Application, desk: Desk, wrong: list[str]
) -> HttpResponse:
    mount = mount_for(application, desk)
    definition = definition_of(application.version)
    whole = evaluate(definition, application.answers, today=mount.outside.today)
    raising = raising_for(application, desk.standing) if desk.standing else None
    lacking = unsigned(application, definition) if raising else []
    context = {
        "application": application,
        "definition": definition,
        "pages": _pages(mount, definition, application),
        "evaluation": whole,
        "missing": _missing(definition, whole, desk),
        "late": _missing(definition, whole, desk, may_follow=True),
        "promises": desk.promises,
        "kept": request.POST,
        "submission": request.POST.get("submission") or uuid4(),
        "wrong": wrong,
        "raising": raising,
        "unsigned": lacking,
        "wants_signers": bool(whole.signers),
        "may_be_sent": whole.may_be_sent and not lacking and _is_free(raising),
        "desk": desk,
        "is_mending": application.case is not None,
        "newer": application.is_draft and newer_version(application),
        "tab": "procedures",
    }
    response = render(request, desk.review_template, context, status=422 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response


def _is_free(raising: Raising | None) -> bool:
    return raising is None or not raising.stands_in_the_way


def _pages(
    mount: Mount, definition: Definition, application: Application
) -> list[tuple[ReviewedSection, str]]:
    """Sections with the way back to them; while mending, only the open ones have one."""
    names = mount.look(application.answers).sections
    sections = review(definition, application.answers, today=mount.outside.today)
    return [
        (section, mount.section_url(section.name) if section.name in names else "")
        for section in sections
    ]


def _missing(
    definition: Definition, state: Evaluation, desk: Desk, *, may_follow: bool = False
) -> list[tuple[str, str, str]]:
    """For each problem: where to mend it, what it is called, and how."""
    places = {
        question.name: (section.name, question.label)
        for section, question in definition.questions()
    }
    rows = []
    for problem in state.problems:
        if problem.may_follow != may_follow:
            continue
        section, label = places[problem.path.split(".")[0]]
        rows.append((desk.section_url(section), label, problem.message))
    return rows
