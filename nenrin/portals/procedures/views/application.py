"""One's own application: how it stands, words with the town hall, taking it back."""

from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from nenrin.engines.casework.models import CaseEvent, CaseState, Collection
from nenrin.engines.casework.moves import CaseRefused
from nenrin.engines.casework.selectors import timeline_for_applicant
from nenrin.engines.forms.definition import Definition, Stage
from nenrin.engines.forms.evaluation.evaluate import evaluate
from nenrin.engines.forms.selectors import definition_of
from nenrin.engines.forms.versions.differences import differences
from nenrin.engines.surveys.forms import RatingForm
from nenrin.engines.surveys.services.rate import rate
from nenrin.residents.procedures.applicant.standing import standing_of
from nenrin.residents.procedures.filling.opened import open_names
from nenrin.residents.procedures.locking import ApplicationRefused
from nenrin.residents.procedures.models import Application, Mouth
from nenrin.residents.procedures.selectors import newer_version, sent_pages, stages_sent
from nenrin.residents.procedures.services.drafts.adopt_version import adopt_version
from nenrin.residents.procedures.services.start_stage import stages_of, start_stage
from nenrin.residents.procedures.services.withdraw_application import withdraw_application
from nenrin.residents.procedures.services.write_words import write_to_desk

from ..door import applicant_only, visitor
from ..forms import WordsForm
from .catalog import CODES

TOPIC = "procedure"

QUESTION = "この手続きはいかがでしたか"


@require_GET
@applicant_only
def show(request: HttpRequest, application: Application) -> HttpResponse:
    """A draft to go on with, or the timeline of what was sent; every stage of a case has one."""
    if application.follows_id and not application.is_draft:
        return redirect("application", application=application.follows_id)
    return _draw(request, application)


def _draw(request: HttpRequest, application: Application, **more: Any) -> HttpResponse:
    definition = definition_of(application.version)
    context: dict[str, Any] = {
        "application": application,
        "definition": definition,
        "code": request.session.get(CODES, {}).get(str(application.pk), ""),
        "tab": "procedures",
    }
    context |= _draft(application, definition) if application.is_draft else _sent(application)
    status = 400 if any(form.errors for form in more.values()) else 200
    template = "procedures/draft.html" if application.is_draft else "procedures/application.html"
    return render(request, template, context | more, status=status)


def _draft(application: Application, definition: Definition) -> dict[str, Any]:
    state = evaluate(definition, application.answers, today=timezone.localdate())
    newer = newer_version(application)
    return {
        "wants_signers": bool(state.signers),
        "next": state.next_section,
        "first": next(iter(state.sections), definition.pages[0].name),
        "newer": newer,
        "changes": differences(definition, definition_of(newer)) if newer else (),
    }


def _sent(application: Application) -> dict[str, Any]:
    case = application.sent_case
    sent = stages_sent(case)
    current = sent[-1]
    asked = case.events.filter(kind=CaseEvent.Kind.ASKED).last()
    is_asked = case.state == CaseState.ASKED
    return {
        "case": case,
        "decisions": case.decisions.all(),
        "timeline": timeline_for_applicant(case),
        "sent": [(one.version.form.title, sent_pages(one)) for one in sent],
        "asked": asked if is_asked else None,
        "current": current,
        "mend_section": _first_open(current, definition_of(current.version)) if is_asked else "",
        "stages": stages_of(application),
        "next_stage": _next(application) if case.state == CaseState.NEXT else None,
        "collection": Collection.objects.filter(case=case).first(),
        "words_form": WordsForm(),
        "rating_form": RatingForm(question=QUESTION),
    }


def _next(application: Application) -> Stage | None:
    place = application.sent_case.stage - 2
    return next(iter(stages_of(application)[place : place + 1]), None)


def _first_open(application: Application, definition: Definition) -> str:
    state = evaluate(definition, application.answers, today=timezone.localdate())
    names = open_names(application.open_fields, state)
    places = (s.name for s, q in definition.questions() if q.name in names)
    return next((name for name in places if name in state.sections), definition.pages[0].name)


@require_POST
@applicant_only
def next_stage(request: HttpRequest, application: Application) -> HttpResponse:
    """Begin what the case waits for, or go on with it."""
    first = application.follows or application
    try:
        begun = start_stage(
            first=first,
            mouth=Mouth.PHONE,
            identity=standing_of(request, definition_of(first.version)).identity,
            acting_user=visitor(request)[1],
        )
    except ApplicationRefused as refusal:
        notes.error(request, str(refusal))
        return redirect("application", application=first.pk)
    return redirect("application", application=begun.pk)


@require_POST
@applicant_only
def adopt(request: HttpRequest, application: Application) -> HttpResponse:
    """Go on with the newest version of the form."""
    newer = newer_version(application)
    if newer and application.is_draft:
        carried = adopt_version(
            application=application, version=newer, acting_user=visitor(request)[1]
        )
        notes.success(request, gettext("新しい様式に移しました。書いたことはそのままです。"))
        if carried.refused:
            words = "答え直していただくところがあります。つづきから書いてください。"
            notes.info(request, gettext(words))
        for label, text in carried.dropped.items():
            notes.info(request, f"「{label}: {text}」は、聞かないことになりました。")
    return redirect("application", application=application.pk)


@require_POST
@applicant_only
def message(request: HttpRequest, application: Application) -> HttpResponse:
    """Write to the town hall about it."""
    form = WordsForm(request.POST)
    if application.is_draft:
        return redirect("application", application=application.pk)
    if not form.is_valid():
        return _draw(request, application, words_form=form)
    try:
        write_to_desk(
            application=application,
            words=form.cleaned_data["words"],
            acting_user=visitor(request)[1],
        )
    except (ApplicationRefused, CaseRefused) as refusal:
        form.add_error("words", str(refusal))
        return _draw(request, application, words_form=form)
    notes.success(request, gettext("役場に送りました。返事はこのページに出ます。"))
    return redirect("application", application=application.pk)


@require_POST
@applicant_only
def rating(request: HttpRequest, application: Application) -> HttpResponse:
    """Three faces, once an application; the answer carries no name."""
    form = RatingForm(request.POST, question=QUESTION)
    if application.case is None or application.case.state != CaseState.DECIDED:
        return redirect("application", application=application.pk)
    if not form.is_valid():
        return _draw(request, application, rating_form=form)
    rate(
        topic=TOPIC,
        subject=application.case.kind,
        respondent=str(application.pk),
        **form.cleaned_data,
    )
    notes.success(request, gettext("ありがとうございます。答えは名前をつけずに数えます。"))
    return redirect("application", application=application.pk)


@require_POST
@applicant_only
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """Take it back; a draft is gone afterwards."""
    was_draft = application.is_draft
    try:
        withdraw_application(
            application=application,
            words=request.POST.get("words", ""),
            acting_user=visitor(request)[1],
        )
    except (ApplicationRefused, CaseRefused) as refusal:
        notes.error(request, str(refusal))
        return redirect("application", application=application.pk)
    if was_draft:
        notes.success(request, gettext("書きかけを消しました。"))
        return redirect("applications")
    notes.success(request, gettext("取り下げました。"))
    return redirect("application", application=application.pk)
