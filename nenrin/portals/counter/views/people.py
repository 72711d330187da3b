"""The clerk goes on with what somebody prepared, or asks them here, and opens the cases."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role
from nenrin.core.people.models import Person
from nenrin.core.people.selectors import search_households
from nenrin.engines.forms.selectors import definition_of
from nenrin.residents.counter.codes import shown_code
from nenrin.residents.counter.interviews.guide import is_answered
from nenrin.residents.counter.interviews.interview import QUESTIONS
from nenrin.residents.counter.interviews.shipped import interviews
from nenrin.residents.counter.models import Preparation, Window
from nenrin.residents.counter.selectors.preparations import (
    answers_of,
    guide_of,
    interview_of,
    open_preparation,
    open_preparations,
    preparation_with_code,
)
from nenrin.residents.counter.selectors.queue import at_window
from nenrin.residents.counter.services.attach_preparation import attach_preparation
from nenrin.residents.counter.services.keep_preparation import (
    Comer,
    CounterRefused,
    finish_preparation,
    identify_comer,
    name_comer,
    receive_preparation,
    start_preparation,
)
from nenrin.residents.procedures.applicant.access import shown_code as shown_application_code
from nenrin.residents.procedures.models import Identity, Mouth
from nenrin.residents.procedures.services.drafts.start_application import Starter, StartRefused

from ..asking import Place, ask
from ..door import code_of, keep_code
from ..forms import CodeForm
from ..opening import open_form
from ..places import face_of_visit
from ..sheet import sheet
from .desk import WINDOW
from .interview import WRONG, guide_context

FOUND = 20


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.DESK)
def people(request: HttpRequest) -> HttpResponse:
    """Open what was prepared by its code, or begin an interview for somebody who is here."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = preparation_with_code(form.cleaned_data["code"])
        if found:
            return redirect("staff_counter_preparation", preparation=found.pk)
        form.add_error("code", WRONG)
    going = open_preparations().filter(received_by=str(request.user))
    context = {
        "form": form,
        "interviews": interviews().values(),
        "going": [(one, interview_of(one)) for one in going[:FOUND]],
    }
    status = 400 if form.errors else 200
    return render(request, "counter_desk/people.html", context, status=status)


@require_POST
@staff_required(role=Role.DESK)
def begin(request: HttpRequest, interview: str) -> HttpResponse:
    """Begin an interview at the counter."""
    if interview not in interviews():
        raise Http404
    comer = Comer(Preparation.Mouth.COUNTER)
    actor = str(request.user)
    preparation, code = start_preparation(interview=interview, comer=comer, acting_user=actor)
    receive_preparation(preparation=preparation, acting_user=actor)
    _attach(request, preparation)
    keep_code(request, preparation, shown_code(code))
    return redirect("staff_counter_part", preparation=preparation.pk, part=QUESTIONS)


def _found(pk: UUID) -> Preparation:
    found = open_preparation(pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.DESK)
def part(request: HttpRequest, preparation: UUID, part: str) -> HttpResponse:
    """The same questions, asked by the clerk."""
    found = _found(preparation)

    def part_url(name: str) -> str:
        return reverse("staff_counter_part", args=[found.pk, name])

    guide_url = reverse("staff_counter_preparation", args=[found.pk])
    answers = answers_of(found, QUESTIONS)
    is_ready = is_answered(interview_of(found), answers, timezone.localdate())
    leave_url = guide_url if is_ready else reverse("staff_counter_people")
    place = Place(part_url, guide_url, leave_url, "counter_desk/form_base.html")
    return ask(request, found, part, place)


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.DESK)
def one(request: HttpRequest, preparation: UUID) -> HttpResponse:
    """The guide at the counter: who it is, each form, and the end of the visit."""
    found = _found(preparation)
    if request.method == "POST":
        return _act(request, found)
    answers = answers_of(found, QUESTIONS)
    if not is_answered(interview_of(found), answers, timezone.localdate()):
        return redirect("staff_counter_part", preparation=found.pk, part=QUESTIONS)
    context = (
        guide_context(found)
        | _search(request)
        | {
            "menu_entry": "staff_counter_people",
            "ticket": found.tickets.order_by("-taken_at").first(),
        }
    )
    response = render(request, "counter_desk/preparation.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _search(request: HttpRequest) -> dict[str, Any]:
    words = request.GET.get("q", "").strip()[:60]
    return {"q": words, "households": search_households(words)[:FOUND] if words else []}


def _act(request: HttpRequest, found: Preparation) -> HttpResponse:
    actor = str(request.user)
    try:
        match request.POST.get("act"):
            case "receive":
                receive_preparation(preparation=found, acting_user=actor)
                _attach(request, found)
            case "person":
                person = get_object_or_404(Person, pk=_number(request.POST.get("person")))
                name_comer(preparation=found, person=person, acting_user=actor)
                notes.success(request, f"{person} さんの手続きとして進めます。")
            case "identify":
                identify_comer(preparation=found, acting_user=actor)
            case "finish":
                finish_preparation(preparation=found, acting_user=actor)
                notes.success(request, "終わりました。書いてあったことは消しました。")
                return redirect("staff_counter_asked", token=face_of_visit(found))
    except CounterRefused as refusal:
        notes.error(request, str(refusal))
    return redirect("staff_counter_preparation", preparation=found.pk)


def _attach(request: HttpRequest, found: Preparation) -> None:
    """Whoever was called to this clerk's window is the one who prepared it."""
    window = Window.objects.filter(pk=request.session.get(WINDOW) or 0).first()
    current = at_window(window) if window else None
    if current:
        attach_preparation(ticket=current.pk, preparation=found)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


@require_POST
@staff_required(role=Role.DESK)
def begin_form(request: HttpRequest, preparation: UUID, slug: str) -> HttpResponse:
    """Begin a form in the person's name: who types it is kept, and whether they were looked at."""
    found = _found(preparation)
    if slug not in {step.definition.slug for step in guide_of(found).steps}:
        raise Http404
    identity = Identity.DESK if found.identified_at else Identity.NONE
    starter = Starter(Mouth.COUNTER, identity, None, found.person, found.household)
    try:
        application, code = open_form(
            preparation=found, slug=slug, starter=starter, acting_user=str(request.user)
        )
    except (StartRefused, CounterRefused) as refusal:
        notes.error(request, str(refusal))
        return redirect("staff_counter_preparation", preparation=found.pk)
    if application.case_id:
        return redirect("staff_case", case=application.case_id)
    if code:
        shown = shown_application_code(code)
        notes.info(request, f"この手続きの再開コードは {shown} です。本人に伝えてください。")
    first = definition_of(application.version).pages[0].name
    return redirect("staff_case_section", application=application.pk, section=first)


@require_GET
@staff_required(role=Role.DESK)
def print_sheet(request: HttpRequest, preparation: UUID) -> HttpResponse:
    """The guide on paper, to take along."""
    found = _found(preparation)
    return sheet(request, found, code_of(request, found))
