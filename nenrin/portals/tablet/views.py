"""The household tablet: one page that is always on, and its pairing."""

from typing import Any

import segno
from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nenrin.core.messaging.models import Endpoint
from nenrin.core.messaging.selectors.reach import newest_delivery, tablet_of
from nenrin.core.messaging.services.endpoints.pair_tablet import (
    PairingRefused,
    pair_tablet,
    pairing_code,
)
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.tokens import delivery_token
from nenrin.core.organization.access import staff_required
from nenrin.core.people.models import Household
from nenrin.core.tenancy.selectors import town_address
from nenrin.core.ui.keeping import keep_for_link
from nenrin.life.watch.models import Concern
from nenrin.life.watch.selectors import has_checked_in
from nenrin.life.watch.services.check_in import check_in
from nenrin.life.watch.services.open_concern import open_concern
from nenrin.residents.alerts.selectors import hazards_in_force

COOKIE = "nenrin_tablet"
TEN_YEARS = 10 * 365 * 24 * 3600


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What stands on the tablet's screen; without a pairing, how to get one."""
    tablet = _tablet(request)
    if tablet is None:
        return render(request, "tablet/unpaired.html")
    # Kept by the tablet itself, so that it stands up without network too.
    return keep_for_link(render(request, "tablet/home.html", _screen(tablet)))


@require_POST
def say_well(request: HttpRequest) -> HttpResponse:
    """元気です."""
    tablet = _tablet(request)
    if tablet is None:
        return redirect("tablet_home")
    check_in(household=tablet.household)
    notes.success(request, "元気ですと、役場に伝わりました。よい一日を。")
    return redirect("tablet_home")


@require_POST
def ask_for_call(request: HttpRequest) -> HttpResponse:
    """連絡してほしい."""
    tablet = _tablet(request)
    if tablet is None:
        return redirect("tablet_home")
    open_concern(household=tablet.household, kind=Concern.Kind.CALL, acting_user="tablet")
    notes.success(request, "役場に伝わりました。職員から電話します。急ぐときは119番へ。")
    return redirect("tablet_home")


@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, code: str) -> HttpResponse:
    """Take the code that staff showed; the tablet keeps its token in a cookie."""
    if request.method == "GET":
        return render(request, "tablet/pair.html")
    try:
        token = pair_tablet(code=code)
    except PairingRefused as refusal:
        return render(request, "tablet/pair.html", {"error": str(refusal)}, status=400)
    response = redirect("tablet_home")
    response.set_cookie(
        COOKIE, token, max_age=TEN_YEARS, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@require_GET
@staff_required
def show_code(request: HttpRequest, household: str) -> HttpResponse:
    """Show staff the QR code for a household's tablet."""
    found = get_object_or_404(Household, number=household, left_on=None)
    town = request.town  # type: ignore[attr-defined]
    link = f"{town_address(town)}/tablet/pair/{pairing_code(found)}"
    qr = segno.make(link, error="m").svg_inline(scale=6, border=2)
    context = {"household": found, "link": link, "qr": mark_safe(qr)}  # noqa: S308
    response = render(request, "staff/pair.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _tablet(request: HttpRequest) -> Endpoint | None:
    token = request.COOKIES.get(COOKIE, "")
    return tablet_of(token) if token else None


def _screen(tablet: Endpoint) -> dict[str, Any]:
    delivery = newest_delivery(tablet)
    return {
        "household": tablet.household,
        "delivery": delivery,
        "message": delivery.message if delivery else None,
        "token": delivery_token(str(tablet.town_id), delivery.pk) if delivery else "",
        "is_confirmed": delivery is not None and delivery.state == DeliveryState.CONFIRMED,
        "hazards": hazards_in_force(),
        "is_well": has_checked_in(tablet.household_id),
    }
