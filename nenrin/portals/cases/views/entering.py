"""A clerk types for somebody who comes, calls, or wrote on paper."""

from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role
from nenrin.core.people.models import Household, Person
from nenrin.engines.forms.selectors import definition_of, newest_version
from nenrin.portals.procedures.filling import Desk, fill_review, fill_section
from nenrin.residents.procedures.applicant.access import shown_code
from nenrin.residents.procedures.locking import ApplicationRefused
from nenrin.residents.procedures.models import Application, Identity, Mouth
from nenrin.residents.procedures.selectors import drafts_typed_for
from nenrin.residents.procedures.services.drafts.start_application import (
    Starter,
    StartRefused,
    start_application,
)
from nenrin.residents.procedures.services.start_stage import start_stage

from ..door import application_of, case_of
from ..forms import EnterForm, MouthForm
from .scans import show_scans

PROMISES = {"truth": "書いたことにまちがいがないと、申請した人に確かめました。"}


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.DESK)
def new(request: HttpRequest) -> HttpResponse:
    """Choose the procedure and the person; ``?household=`` comes from the household's page."""
    asked = request.GET.get("household", "")
    home = get_object_or_404(Household, pk=asked) if asked.isdecimal() else None
    form = EnterForm(request.POST if request.method == "POST" else None, household=home)
    if request.method == "POST" and form.is_valid():
        try:
            return _begin(request, form, home)
        except StartRefused as refusal:
            form.add_error("slug", str(refusal))
    context = {
        "form": form,
        "household": home,
        "drafts": drafts_typed_for(home, str(request.user)) if home else [],
        "menu_entry": "staff_cases",
    }
    return render(request, "cases/new.html", context, status=400 if form.errors else 200)


def _begin(request: HttpRequest, form: EnterForm, home: Household | None) -> HttpResponse:
    person: Person | None = form.cleaned_data.get("person")
    version = newest_version(form.cleaned_data["slug"])
    if version is None:
        raise StartRefused("この手続きは、いま受け付けていません。")
    starter = Starter(
        mouth=Mouth(form.cleaned_data["mouth"]),
        identity=_identity(form),
        person=person,
        household=home,
    )
    application, code = start_application(
        version=version, starter=starter, acting_user=str(request.user)
    )
    notes.info(
        request,
        f"再開コードは {shown_code(code)} です。申請した人に伝えると、"
        "受付番号とこのコードで、あとからようすを見られます。",
    )
    first = definition_of(version).pages[0].name
    return redirect("staff_case_section", application=application.pk, section=first)


def _identity(form: MouthForm) -> Identity:
    return Identity.DESK if form.cleaned_data["is_known"] else Identity.NONE


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.DESK)
def next_stage(request: HttpRequest, case: int) -> HttpResponse:
    """The next paper of a case of several stages, typed for somebody."""
    found, sent = case_of(request, case)
    form = MouthForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            begun = start_stage(
                first=sent[0],
                mouth=Mouth(form.cleaned_data["mouth"]),
                identity=_identity(form),
                acting_user=str(request.user),
            )
        except ApplicationRefused as refusal:
            form.add_error("mouth", str(refusal))
        else:
            if begun.typed_by == str(request.user):
                page = definition_of(begun.version).pages[0].name
                return redirect("staff_case_section", application=begun.pk, section=page)
            form.add_error("mouth", "申請した人が、もう書きはじめています。")
    context = {"form": form, "case": found, "menu_entry": "staff_cases"}
    return render(request, "cases/next.html", context, status=400 if form.errors else 200)


def _desk(request: HttpRequest, application: Application) -> Desk:
    def place(name: str, **parts: object) -> str:
        return reverse(name, kwargs={"application": application.pk, **parts})

    home = reverse("staff_cases")
    if application.case_id:
        home = reverse("staff_case", kwargs={"case": application.case_id})
    return Desk(
        section_url=lambda name: place("staff_case_section", section=name),
        review_url=place("staff_case_review"),
        home_url=home,
        base_template="cases/form_base.html",
        review_template="procedures/review.html",
        acting_user=str(request.user),
        promises=PROMISES,
    )


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.DESK)
def section(request: HttpRequest, application: UUID, section: str) -> HttpResponse:
    """One page of questions, in the name of the applicant."""
    found = application_of(request, application)
    show_scans(request, found)
    return fill_section(request, found, section, _desk(request, found))


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.DESK)
def review(request: HttpRequest, application: UUID) -> HttpResponse:
    """Read it back to the applicant, and send it."""
    found = application_of(request, application)
    show_scans(request, found)
    was_draft = found.case_id is None
    response = fill_review(request, found, _desk(request, found))
    found.refresh_from_db(fields=["case"])
    if was_draft and found.case_id:
        notes.success(request, f"受け付けました。受付番号は {found.sent_case.number} です。")
        return redirect("staff_case", case=found.case_id)
    return response
