"""The applicant fills the form in."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nenrin.residents.procedures.models import Application

from ..door import applicant_only, visitor
from ..filling import Desk, fill_review, fill_section


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
    """One page of questions."""
    return fill_section(request, application, section, _desk(request, application))


@require_http_methods(["GET", "POST"])
@applicant_only
def review(request: HttpRequest, application: Application) -> HttpResponse:
    """Read everything once more, and send it."""
    return fill_review(request, application, _desk(request, application))
