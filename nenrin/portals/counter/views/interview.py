"""Telling what happened, at home: the interview, its guide, and the forms it leads to."""

from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nenrin.core.accounts.models import User
from nenrin.core.limits.decorators import client_address, limited
from nenrin.core.limits.limit import Limit
from nenrin.core.organization.models import StaffMember
from nenrin.core.organization.roles import Role
from nenrin.engines.forms.evaluation.review import review
from nenrin.engines.forms.selectors import definition_of
from nenrin.portals.procedures.door import visitor
from nenrin.portals.procedures.views.catalog import CODES as APPLICATION_CODES
from nenrin.residents.counter.codes import shown_code, typed_code
from nenrin.residents.counter.interviews.guide import is_answered
from nenrin.residents.counter.interviews.interview import FACTS, QUESTIONS
from nenrin.residents.counter.interviews.shipped import facts_form, interviews
from nenrin.residents.counter.models import Preparation
from nenrin.residents.counter.selectors.places import windows_by_owner
from nenrin.residents.counter.selectors.preparations import (
    answers_of,
    guide_of,
    interview_of,
    preparation_with_code,
)
from nenrin.residents.counter.services.keep_preparation import (
    Comer,
    CounterRefused,
    erase_preparation,
    start_preparation,
)
from nenrin.residents.procedures.applicant.access import remember as remember_application
from nenrin.residents.procedures.applicant.access import shown_code as shown_application_code
from nenrin.residents.procedures.applicant.standing import standing_of
from nenrin.residents.procedures.models import Mouth
from nenrin.residents.procedures.services.drafts.start_application import Starter, StartRefused

from ..asking import Place, ask
from ..door import code_of, preparation_only, remember
from ..forms import CodeForm
from ..opening import begun_forms, open_form
from ..sheet import code_address, qr_svg, sheet

# The town hall has one address for everyone who uses its network.
STARTS = Limit("start_preparation", 240, 3600)
TRIES = Limit("resume_preparation", 240, 3600)
WRONG = "コードが合いません。書きまちがいがないか確かめてください。30日をすぎたものは消えています。"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What happened? One button for each life event."""
    context = {"interviews": interviews().values(), "tab": "procedures"}
    return render(request, "counter/home.html", context)


@require_POST
@limited(STARTS, by=client_address)
def start(request: HttpRequest, interview: str) -> HttpResponse:
    """Begin the interview of one life event."""
    found = interviews().get(interview)
    if found is None:
        raise Http404
    person, actor = visitor(request)
    household = person.household if person else None
    comer = Comer(Preparation.Mouth.PHONE, person, household)
    preparation, code = start_preparation(interview=found.key, comer=comer, acting_user=actor)
    remember(request, preparation, shown_code(code))
    return redirect("counter_part", preparation=preparation.pk, part=QUESTIONS)


def _place(preparation: Preparation) -> Place:
    def part_url(part: str) -> str:
        return reverse("counter_part", args=[preparation.pk, part])

    guide_url = reverse("counter_guide", args=[preparation.pk])
    return Place(part_url, guide_url, guide_url, "procedures/form_base.html")


@require_http_methods(["GET", "POST"])
@preparation_only
def part(request: HttpRequest, preparation: Preparation, part: str) -> HttpResponse:
    """The questions, or what is written once."""
    return ask(request, preparation, part, _place(preparation))


@require_GET
@preparation_only
def guide(request: HttpRequest, preparation: Preparation) -> HttpResponse:
    """What applies, in order: what can be done now, what to bring, and the code."""
    answers = answers_of(preparation, QUESTIONS)
    if not is_answered(interview_of(preparation), answers, timezone.localdate()):
        return _paused(request, preparation)
    code = code_of(request, preparation)
    qr = qr_svg(code_address(request, code)) if code else ""
    context = guide_context(preparation) | {
        "code": code,
        "qr": mark_safe(qr),  # noqa: S308
        "tab": "procedures",
    }
    return render(request, "counter/guide.html", context)


def _paused(request: HttpRequest, preparation: Preparation) -> HttpResponse:
    """Not every question has its answer: go on now, or later with the code."""
    context = {
        "preparation": preparation,
        "interview": interview_of(preparation),
        "code": code_of(request, preparation),
        "tab": "procedures",
    }
    return render(request, "counter/paused.html", context)


def guide_context(preparation: Preparation) -> dict[str, Any]:
    """What the guide's page shows, to residents and clerks alike."""
    interview = interview_of(preparation)
    found = guide_of(preparation)
    begun = begun_forms(preparation)
    windows = windows_by_owner()
    facts = answers_of(preparation, FACTS)
    today = timezone.localdate()
    return {
        "preparation": preparation,
        "interview": interview,
        "guide": found,
        "desks": [
            (owner, windows.get(owner, ""), [(s, begun.get(s.definition.slug)) for s in steps])
            for owner, steps in found.by_desk
        ],
        "answers": review(interview.form, answers_of(preparation, QUESTIONS), today=today),
        "facts": review(facts_form(interview.key), facts, today=today) if facts else (),
    }


@require_GET
@preparation_only
def print_sheet(request: HttpRequest, preparation: Preparation) -> HttpResponse:
    """The guide on paper."""
    return sheet(request, preparation, code_of(request, preparation))


@require_POST
@preparation_only
def begin_form(request: HttpRequest, preparation: Preparation, slug: str) -> HttpResponse:
    """Begin one of the forms at home; what was written once stands in it."""
    asked = {step.definition.slug: step.definition for step in guide_of(preparation).steps}
    if slug not in asked:
        raise Http404
    person, actor = visitor(request)
    user = request.user if person and isinstance(request.user, User) else None
    household = person.household if person else None
    identity = standing_of(request, asked[slug]).identity
    starter = Starter(Mouth.PHONE, identity, user, person, household)
    try:
        application, code = open_form(
            preparation=preparation, slug=slug, starter=starter, acting_user=actor
        )
    except (StartRefused, CounterRefused) as refusal:
        notes.error(request, str(refusal))
        return redirect("counter_guide", preparation=preparation.pk)
    if code:
        known = request.session.get(APPLICATION_CODES, {})
        shown = shown_application_code(code)
        request.session[APPLICATION_CODES] = known | {str(application.pk): shown}
    if application.user_id is None:
        remember_application(request, application)
    if application.case_id or code:
        return redirect("application", application=application.pk)
    first = definition_of(application.version).pages[0].name
    return redirect("application_section", application=application.pk, section=first)


@require_POST
@preparation_only
def erase(request: HttpRequest, preparation: Preparation) -> HttpResponse:
    """Take everything back."""
    erase_preparation(preparation=preparation, acting_user=visitor(request)[1])
    notes.success(request, gettext("準備したことを、すべて消しました。"))
    return redirect("counter")


@require_http_methods(["GET", "POST"])
@limited(TRIES, by=client_address)
def resume(request: HttpRequest) -> HttpResponse:
    """Come back with the code."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _opened(request, form)
    return _resuming(request, form)


@require_GET
@limited(TRIES, by=client_address, methods=("GET",))
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The scanned code: a clerk's browser goes on at the counter, others are asked first."""
    found = preparation_with_code(code)
    if found is None:
        return _resuming(request, CodeForm({"code": code}), wrong=404)
    member = StaffMember.objects.filter(user_id=request.user.pk or 0).first()
    if member and member.holds(Role.DESK):
        return redirect("staff_counter_preparation", preparation=found.pk)
    return _resuming(request, CodeForm(initial={"code": code}))


def _opened(request: HttpRequest, form: CodeForm) -> HttpResponse:
    found = preparation_with_code(form.cleaned_data["code"])
    if found is None:
        return _resuming(request, form, wrong=400)
    remember(request, found, shown_code(typed_code(form.cleaned_data["code"])))
    return redirect("counter_guide", preparation=found.pk)


def _resuming(request: HttpRequest, form: CodeForm, wrong: int = 0) -> HttpResponse:
    """The page that asks for the code; ``wrong`` is the answer's status where it opened nothing."""
    if wrong:
        form.add_error("code", WRONG)
    context = {"form": form, "tab": "procedures"}
    status = wrong or (400 if form.errors else 200)
    response = render(request, "counter/resume.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
