"""The door to an application for a visitor: theirs, or a page that says how to come in."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nenrin.core.people.models import Person
from nenrin.core.people.selectors import person_of
from nenrin.residents.procedures.applicant.access import open_application

from .left_over import keep_left_over

View = Callable[..., HttpResponse]


def applicant_only(view: View) -> View:
    """Give the view the application in place of its id; no cache keeps such a page."""

    @wraps(view)
    def guarded(request: HttpRequest, application: UUID, **parts: object) -> HttpResponse:
        found = open_application(request, application)
        if found is None:
            kept = request.method == "POST" and keep_left_over(request)
            context = {"tab": "procedures", "kept": kept}
            response = render(request, "procedures/closed.html", context, status=404)
        else:
            response = view(request, found, **parts)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def visitor(request: HttpRequest) -> tuple[Person | None, str]:
    """Who visits: their person, if signed in, and how the trail calls them."""
    user = request.user
    if not user.is_authenticated:
        return None, "visitor"
    return person_of(user.pk), str(getattr(user, "audit_name", user))
