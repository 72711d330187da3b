"""The household tablet: one page that is always on, and its pairing."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from nenrin.core.messaging.services.pair_tablet import PairingRefused, pair_tablet, pairing_code
from nenrin.core.organization.access import staff_required
from nenrin.core.people.models import Household
from nenrin.core.tenancy.selectors import town_address

COOKIE = "nenrin_tablet"
TEN_YEARS = 10 * 365 * 24 * 3600


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What stands on the tablet's screen."""
    return render(request, "tablet/home.html", {"is_paired": COOKIE in request.COOKIES})


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
