"""The door to what a visitor prepared: theirs, or a page that says how to come in."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nenrin.core.people.selectors import person_of
from nenrin.residents.counter.models import Preparation
from nenrin.residents.counter.selectors.preparations import open_preparation

View = Callable[..., HttpResponse]
IN_SESSION = "preparations"
CODES = "preparation_codes"


def preparation_only(view: View) -> View:
    """Give the view the preparation in place of its id; no cache keeps such a page."""

    @wraps(view)
    def guarded(request: HttpRequest, preparation: UUID, **parts: object) -> HttpResponse:
        found = open_preparation(preparation)
        if found is None or not is_mine(request, found):
            response = render(request, "counter/closed.html", {"tab": "procedures"}, status=404)
        else:
            response = view(request, found, **parts)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def is_mine(request: HttpRequest, preparation: Preparation) -> bool:
    """Whether this visitor began it, brought its code, or is the person it is for."""
    if str(preparation.pk) in request.session.get(IN_SESSION, []):
        return True
    person = person_of(request.user.pk)
    return person is not None and preparation.person_id == person.pk


def remember(request: HttpRequest, preparation: Preparation, code: str) -> None:
    """Let this browser open it until its session ends; the code is shown to it alone."""
    known = request.session.get(IN_SESSION, [])
    request.session[IN_SESSION] = [*known, str(preparation.pk)][-10:]
    keep_code(request, preparation, code)


def keep_code(request: HttpRequest, preparation: Preparation, code: str) -> None:
    """Show the code again in this browser, which need not be the one it is for."""
    codes = request.session.get(CODES, {})
    request.session[CODES] = {**codes, str(preparation.pk): code}


def code_of(request: HttpRequest, preparation: Preparation) -> str:
    """The code as it is written down; empty where this browser does not know it."""
    return str(request.session.get(CODES, {}).get(str(preparation.pk), ""))
