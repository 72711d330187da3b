"""Who may see the pages of 「わたし」: a sign-in that is linked to a person."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nenrin.core.accounts.models import User
from nenrin.core.people.models import Person
from nenrin.core.people.selectors import person_of
from nenrin.core.tenancy.models import Town

View = Callable[..., HttpResponse]


class ResidentRequest(HttpRequest):
    """A request that `resident_required` let through."""

    person: Person
    acting_user: str
    town: Town
    user: User


def resident_required(view: View) -> View:
    """Let in whoever is linked to a person: ``request.person``, ``request.acting_user``.

    The pages are personal: no cache keeps them.
    """

    @login_required
    @wraps(view)
    def guarded(request: ResidentRequest, *args: object, **kwargs: object) -> HttpResponse:
        person = person_of(request.user.pk)
        if person is None:
            return render(request, "my/not_linked.html", status=403)
        request.person = person
        request.acting_user = request.user.audit_name
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return guarded
