"""Finding what the town has said and offers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nenrin.core.limits.decorators import EVERY, client_address, limited
from nenrin.core.limits.limit import Limit
from nenrin.core.organization.access import staff_required
from nenrin.core.search.selectors import search

LONGEST = 100
SEARCHES = Limit("search", 120, 60)


@require_GET
@limited(SEARCHES, by=client_address, methods=EVERY)
def public_search(request: HttpRequest) -> HttpResponse:
    """What everyone may find."""
    return _answer(request, "search/public.html", for_staff=False)


@require_GET
@staff_required
def staff_search(request: HttpRequest) -> HttpResponse:
    """What staff may find."""
    return _answer(request, "search/staff.html", for_staff=True)


def _answer(request: HttpRequest, template: str, *, for_staff: bool) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:LONGEST]
    hits = search(words, for_staff=for_staff) if words else []
    return render(request, template, {"q": words, "hits": hits})
