"""The household's card: who lives here, where to go, whom to call; readable without network."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nenrin.core.areas.models import District, Shelter
from nenrin.core.people.selectors import housemates, person_of
from nenrin.core.ui.keeping import keep_for_account

from .places import nearest

SHELTERS_SHOWN = 5


@require_GET
@login_required
def household_card(request: HttpRequest) -> HttpResponse:
    """The card of the person signed in; someone without a household here is told so."""
    person = person_of(request.user.pk)
    home = person.household if person else None
    district: District | None = home.district if home else None
    context = {
        "person": person,
        "home": home,
        "members": housemates(person) if person else (),
        "places": nearest(Shelter.objects.all(), district, SHELTERS_SHOWN) if home else (),
        "tab": "life",
    }
    return keep_for_account(request, render(request, "resident/card.html", context))
