"""Help with a phone or tablet: asked for by residents, answered by デジタルソーター."""

from django import forms
from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nenrin.core.limits.decorators import client_address, limited
from nenrin.core.limits.limit import Limit
from nenrin.core.organization.access import staff_required
from nenrin.core.people.selectors import person_of
from nenrin.residents.support.models import SupportRequest
from nenrin.residents.support.selectors import newest_visits, open_requests, troubles
from nenrin.residents.support.services.answer_support import (
    SupportRefused,
    plan_visit,
    report_visit,
)
from nenrin.residents.support.services.ask_support import ask_support

from .forms import AskForm, PlanForm, VisitForm

ASKING = Limit("support", 10, 3600)


@require_http_methods(["GET", "POST"])
@limited(ASKING, by=client_address)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for help; what is known of a person signed in is filled in."""
    person = person_of(request.user.pk)
    if request.method == "GET":
        known = (
            {"name": str(person), "district": person.household.district_id}
            if (person and person.household)
            else {}
        )
        return _asking(request, AskForm(initial=known))
    form = AskForm(request.POST)
    if not form.is_valid():
        return _asking(request, form)
    actor = f"person:{person.pk}" if person else "visitor"
    ask_support(asked=form.asked(), person=person, acting_user=actor)
    notes.success(request, _("うけつけました。役場から電話して、日をきめます。"))
    return redirect("home")


def _asking(request: HttpRequest, form: AskForm) -> HttpResponse:
    context = {"form": form, "tab": "consult"}
    return render(request, "support/ask.html", context, status=400 if form.errors else 200)


@require_GET
@staff_required
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, what was done, and where the trouble lies."""
    context = {"waiting": open_requests(), "visits": newest_visits(), "troubles": troubles()}
    return render(request, "support/desk.html", context)


@require_http_methods(["GET", "POST"])
@staff_required
def one(request: HttpRequest, asked: int) -> HttpResponse:
    """One request: plan a visit, or write down what it brought."""
    found = get_object_or_404(SupportRequest.objects.select_related("district"), pk=asked)
    planning = request.POST.get("act") == "plan"
    plan = PlanForm(request.POST if planning else None)
    visit = VisitForm(
        request.POST if request.method == "POST" and not planning else None,
        initial={"trouble": found.trouble},
    )
    bound: forms.Form = plan if planning else visit
    if request.method == "POST" and bound.is_valid():
        try:
            _act(found, plan if planning else visit, str(request.user))
        except SupportRefused as refusal:
            bound.add_error(None, str(refusal))
        else:
            notes.success(request, "書きとめました。")
            return redirect("staff_support")
    context = {"asked": found, "plan": plan, "visit": visit, "menu_entry": "staff_support"}
    return render(request, "support/one.html", context, status=400 if bound.errors else 200)


def _act(found: SupportRequest, form: PlanForm | VisitForm, actor: str) -> None:
    if isinstance(form, PlanForm):
        plan_visit(request_id=found.pk, acting_user=actor, **form.cleaned_data)
    else:
        report_visit(request_id=found.pk, report=form.report(), acting_user=actor)
