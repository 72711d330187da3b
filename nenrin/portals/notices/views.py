"""Residents read notices, page by page, and confirm a 回覧板."""

from django.contrib import messages as notes
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.messaging.services.report_receipt import report_receipt
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.people.selectors import person_of
from nenrin.residents.notices.models import Notice
from nenrin.residents.notices.selectors import (
    delivery_to_household,
    progress_of_neighbourhood,
    published_notices,
)
from nenrin.residents.notices.services.mark_read import mark_read
from nenrin.residents.notices.topics import topics

PER_PAGE = 20


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """All notices, newest first, by topic and kind."""
    topic, kind = request.GET.get("topic", ""), request.GET.get("kind", "")
    found = published_notices(
        request.user.pk,
        topic=topic if topic in topics() else "",
        kind=kind if kind in Notice.Kind.values else "",
    )
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "topics": topics().items(),
        "topic": topic,
        "kind": kind,
        "query": f"&topic={topic}" if topic in topics() else "",
        "tab": "news",
    }
    return render(request, "notices/list.html", context)


@require_GET
def detail(request: HttpRequest, notice: int) -> HttpResponse:
    """One notice with its documents as pages."""
    found = get_object_or_404(published_notices(request.user.pk), pk=notice)
    person = person_of(request.user.pk)
    if request.user.is_authenticated:
        mark_read(notice=found, user=request.user)
    mine = (
        delivery_to_household(found, person.household_id)
        if person and person.household_id
        else None
    )
    context = {
        "notice": found,
        "message": found.message,
        "documents": found.documents.prefetch_related("pages"),
        "progress": progress_of_neighbourhood(found, person)
        if person and found.is_circular
        else None,
        "can_confirm": mine is not None and mine.state < DeliveryState.CONFIRMED,
        "is_confirmed": mine is not None and mine.state >= DeliveryState.CONFIRMED,
        "tab": "news",
    }
    return render(request, "notices/detail.html", context)


@require_POST
@login_required
def confirm(request: HttpRequest, notice: int) -> HttpResponse:
    """見ました, for the household of the person signed in."""
    found = get_object_or_404(published_notices(request.user.pk), pk=notice)
    person = person_of(request.user.pk)
    mine = (
        delivery_to_household(found, person.household_id)
        if person and person.household_id
        else None
    )
    if mine is None:
        notes.warning(request, "この知らせは、あなたの世帯には配られていません。")
    else:
        report_receipt(delivery_id=mine.pk, state=DeliveryState.CONFIRMED)
        notes.success(request, "見たことが伝わりました。ありがとうございます。")
    return redirect("notice", notice=found.pk)
