"""世帯をさがす, and all that staff need of one household on one page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.models import Endpoint
from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role
from nenrin.core.people.models import Consent, Household, Invitation, Person
from nenrin.core.people.selectors import consents_in_force, open_invitations, search_households
from nenrin.portals.account.selectors import describe_device, signed_in_devices

from ..forms import SearchForm

PER_PAGE = 30


@require_GET
@staff_required(role=Role.DESK)
def search(request: HttpRequest) -> HttpResponse:
    """Find a household by what people say at the counter."""
    form = SearchForm(request.GET or None)
    found = None
    if form.is_valid():
        district = form.cleaned_data["district"]
        households = search_households(form.cleaned_data["words"], district and district.pk)
        found = Paginator(households, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"form": form, "found": found, "query": f"&{query.urlencode()}"}
    return render(request, "staff_admin/households.html", context)


@require_GET
@staff_required(role=Role.DESK)
def show(request: HttpRequest, household: int) -> HttpResponse:
    """One household: who lives there, what reaches them, who signs in. Looking is written down."""
    found = get_object_or_404(
        Household.objects.select_related("district", "neighbourhood"), pk=household
    )
    record_act(actor=str(request.user), action="people.look_up", subject=f"household:{found.pk}")
    persons = Person.objects.filter(household=found, left_on=None).select_related("user")
    endpoints = Endpoint.objects.filter(household=found, retired_at=None).select_related("person")
    context = {
        "household": found,
        "persons": [_person(person) for person in persons.order_by("-is_head", "birth_date")],
        "devices": [describe_device(endpoint) for endpoint in endpoints.order_by("kind", "pk")],
        "menu_entry": "staff_households",
    }
    return render(request, "staff_admin/household.html", context)


def _person(person: Person) -> dict[str, object]:
    in_force = consents_in_force(person)
    return {
        "person": person,
        "sessions": signed_in_devices(person.user_id) if person.user_id else [],
        "invitations": open_invitations(person, Invitation.Kind.SIGN_IN),
        "watchers": person.cared_by.select_related("giver"),
        "consents": [
            (value, label, in_force.get(value)) for value, label in Consent.Purpose.choices
        ],
    }
