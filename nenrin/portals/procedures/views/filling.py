"""The applicant fills the form in."""

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nenrin.engines.forms.pages.section import LOOK
from nenrin.residents.procedures.models import Application

from ..door import applicant_only, visitor
from ..filling import Desk, fill_review, fill_section
from ..left_over import take_left_over


def _desk(request: HttpRequest, application: Application) -> Desk:
    def place(name: str, **parts: object) -> str:
        return reverse(name, kwargs={"application": application.pk, **parts})

    return Desk(
        section_url=lambda name: place("application_section", section=name),
        review_url=place("application_review"),
        home_url=place("application"),
        base_template="procedures/form_base.html",
        review_template="procedures/review.html",
        acting_user=visitor(request)[1],
    )


@require_http_methods(["GET", "POST"])
@applicant_only
def section(request: HttpRequest, application: Application, section: str) -> HttpResponse:
    """One page of questions; what was typed when a sign-in ended stands in it again."""
    typed = take_left_over(request) if request.method == "GET" else None
    if typed is not None:
        typed[LOOK] = "1"
        request.method, request.POST = "POST", typed  # type: ignore[assignment]
        notes.info(request, gettext("サインインの前に書いたことを、もとに戻しました。"))
    return fill_section(request, application, section, _desk(request, application))


@require_http_methods(["GET", "POST"])
@applicant_only
def review(request: HttpRequest, application: Application) -> HttpResponse:
    """Read everything once more, and send it."""
    return fill_review(request, application, _desk(request, application))
