"""The town hall's side of visits: begin them, print the lists, give and end the links."""

from uuid import UUID

import segno
from django.contrib import messages as notes
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from nenrin.core.messaging.models import Message, VisitLink
from nenrin.core.messaging.selectors.board import rungs_of
from nenrin.core.messaging.services.visits.issue_visit_link import (
    issue_visit_link,
    revoke_visit_link,
)
from nenrin.core.messaging.services.visits.start_visits import NothingToVisit, start_visits
from nenrin.core.organization.access import may, staff_required
from nenrin.core.organization.roles import Role
from nenrin.core.people.models import Visitor
from nenrin.core.tenancy.selectors import town_address

from .visits import link_address, visitors_of, visits_pdf


@require_http_methods(["GET", "POST"])
@staff_required
def visits(request: HttpRequest, message: UUID) -> HttpResponse:
    """Who goes where, and how far they are; POST begins the visits early."""
    found = _message(message)
    if request.method == "POST":
        if not may(request, Role.ALERTS):
            raise PermissionDenied("訪問を始めるには「知らせを出す」の役割が要ります。")
        try:
            planned = start_visits(message=found, acting_user=str(request.user))
        except NothingToVisit as refusal:
            notes.warning(request, str(refusal))
        else:
            notes.success(request, f"{planned} 世帯を訪問リストに入れました。")
        return redirect("staff_visits", message=found.pk)
    rows = visitors_of(found)
    context = {
        "menu_entry": "staff_reach_list",
        "message": found,
        "rows": rows,
        "households": sum(row.households for row in rows),
        "done": sum(row.done for row in rows),
        "rung": next((rung for rung in rungs_of(found) if rung.is_visit), None),
    }
    return render(request, "boards/visits.html", context)


@require_POST
@staff_required(role=Role.ALERTS)
def paper(request: HttpRequest, message: UUID) -> HttpResponse:
    """The lists as a PDF, for one visitor or all; every list gets its link."""
    found = _message(message)
    wanted = request.POST.get("visitor", "")
    actor = str(request.user)
    visitors = [row.visitor for row in visitors_of(found) if wanted in ("", str(row.visitor.pk))]
    if not visitors:
        notes.warning(request, "訪問する世帯がまだありません。")
        return redirect("staff_visits", message=found.pk)
    lists = [
        (visitor, issue_visit_link(message=found, visitor=visitor, acting_user=actor))
        for visitor in visitors
    ]
    town = request.town  # type: ignore[attr-defined]
    pdf = visits_pdf(found, town.name, lists, town_address(town))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="visits.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@staff_required(role=Role.ALERTS)
def link(request: HttpRequest, message: UUID) -> HttpResponse:
    """Give a visitor's link, or end it."""
    found = _message(message)
    visitor = get_object_or_404(Visitor, pk=request.POST.get("visitor"))
    actor = str(request.user)
    if request.POST.get("end"):
        held = get_object_or_404(VisitLink, message=found, visitor=visitor, revoked_at=None)
        revoke_visit_link(link=held, acting_user=actor)
        notes.success(request, "このリンクは使えなくなりました。紙のQRコードも開きません。")
        return redirect("staff_visits", message=found.pk)
    given = issue_visit_link(message=found, visitor=visitor, acting_user=actor)
    town = request.town  # type: ignore[attr-defined]
    address = link_address(town_address(town), given)
    context = {
        "menu_entry": "staff_reach_list",
        "message": found,
        "visitor": visitor,
        "given": given,
        "address": address,
        "qr": mark_safe(segno.make(address, error="m").svg_inline(scale=6, border=2)),  # noqa: S308
    }
    response = render(request, "boards/link.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _message(message: UUID) -> Message:
    return get_object_or_404(Message, pk=message, released_at__isnull=False)
