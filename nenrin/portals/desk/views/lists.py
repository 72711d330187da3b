"""知らせと発令: what waits, what is in force, what was."""

from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nenrin.core.organization.access import staff_required
from nenrin.residents.orders.selectors import (
    current_events,
    open_drafts,
    orders_about_to_expire,
    orders_in_force,
    past_events,
    unreviewed_releases,
    waiting_for_consent,
)

from ..rows import draft_rows, event_rows, waiting_telegrams

PER_PAGE = 20


@require_GET
@staff_required
def index(request: HttpRequest) -> HttpResponse:
    """Everything the desk has, found by words."""
    words = request.GET.get("q", "").strip()[:100]
    past = Paginator(past_events(words), PER_PAGE).get_page(request.GET.get("page"))
    user = request.user
    context = {
        "words": words,
        "asked": waiting_for_consent(user),  # type: ignore[arg-type]
        "unreviewed": unreviewed_releases(user),  # type: ignore[arg-type]
        "telegrams": [] if words else waiting_telegrams(),
        "drafts": draft_rows(open_drafts(words)),
        "orders": orders_in_force(is_drill=None),
        "ending": orders_about_to_expire(),
        "current": event_rows(current_events(words)),
        "past": event_rows(past),
        "page": past,
        "query": f"&q={quote(words)}" if words else "",
    }
    return render(request, "desk/index.html", context)
