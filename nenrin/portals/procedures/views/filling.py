"""The applicant fills the form in, and proves who they are where it asks for it."""

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nenrin.core.accounts.contact_code import CodeRefused
from nenrin.engines.forms.pages.section import LOOK
from nenrin.engines.forms.selectors import definition_of
from nenrin.portals.identity.contact import send_code
from nenrin.portals.identity.views.contact import code_address
from nenrin.residents.procedures.applicant.standing import Standing, standing_of
from nenrin.residents.procedures.locking import ApplicationRefused
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.services.prove_identity import contacts_in, prove_identity

from ..door import applicant_only, visitor
from ..filling import Desk, fill_review, fill_section
from ..left_over import take_left_over
from ..raising import page_needs


def _desk(request: HttpRequest, application: Application, standing: Standing) -> Desk:
    def place(name: str, **parts: object) -> str:
        return reverse(name, kwargs={"application": application.pk, **parts})

    return Desk(
        section_url=lambda name: place("application_section", section=name),
        review_url=place("application_review"),
        home_url=place("application"),
        base_template="procedures/form_base.html",
        review_template="procedures/review.html",
        acting_user=visitor(request)[1],
        standing=standing,
    )


@require_http_methods(["GET", "POST"])
@applicant_only
def section(request: HttpRequest, application: Application, section: str) -> HttpResponse:
    """One page of questions; one that wants a higher level asks for it first.

    What was typed when a sign-in ended stands in it again.
    """
    definition = definition_of(application.version)
    standing = standing_of(request, definition)
    level = page_needs(definition, section, standing)
    if level:
        context = {
            "application": application,
            "definition": definition,
            "level": level,
            "tab": "procedures",
        }
        return render(request, "procedures/raise.html", context, status=403)
    typed = take_left_over(request) if request.method == "GET" else None
    if typed is not None:
        typed[LOOK] = "1"
        request.method, request.POST = "POST", typed  # type: ignore[assignment]
        notes.info(request, gettext("サインインの前に書いたことを、もとに戻しました。"))
    return fill_section(request, application, section, _desk(request, application, standing))


@require_http_methods(["GET", "POST"])
@applicant_only
def review(request: HttpRequest, application: Application) -> HttpResponse:
    """Read everything once more, and send it."""
    standing = standing_of(request, definition_of(application.version))
    try:
        known = prove_identity(application=application, standing=standing)
    except ApplicationRefused as refusal:
        notes.error(request, str(refusal))
        return redirect("application", application=application.pk)
    return fill_review(request, known, _desk(request, known, standing))


@require_POST
@applicant_only
def contact(request: HttpRequest, application: Application, question: str) -> HttpResponse:
    """Send a code to a contact that was answered."""
    found = contacts_in(application).get(question, "")
    if not found:
        raise Http404
    back = reverse("application_review", kwargs={"application": application.pk})
    try:
        send_code(request, found)
    except CodeRefused as refusal:
        notes.error(request, str(refusal))
        return redirect(back)
    return redirect(code_address(back))
