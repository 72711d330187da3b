"""A visitor's own list on their phone: a signed link that ends, no sign-in, only their homes."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nenrin.core.messaging.models import HouseholdMark, Visit, VisitLink
from nenrin.core.messaging.services.mark_reached import (
    Found,
    MarkRefused,
    mark_household,
    take_back_mark,
)
from nenrin.core.messaging.services.visits.issue_visit_link import note_opening
from nenrin.core.messaging.tokens import BadToken, read_visit_token
from nenrin.core.tenancy.scope import current_town_code

from .visits import visit_rows

MOST_MARKS, IN = 20, timedelta(minutes=1)


@require_http_methods(["GET", "POST"])
def visitor_list(request: HttpRequest, token: str) -> HttpResponse:
    """Show the households of a link, and take what its visitor found."""
    link = _link(token)
    if link is None or link.revoked_at or link.expires_at <= timezone.now():
        return _private(render(request, "boards/visitor_over.html", {"link": link}, status=410))
    error, status = "", 200
    if request.method == "POST":
        if _too_many(link):
            return _private(render(request, "429.html", status=429))
        error = _act(request, link)
        if not error:
            anchor = f"#home-{request.POST.get('household', '')}"
            return _private(redirect(f"{request.path}{anchor}"))
        status = 400
    else:
        note_opening(link=link)
    rows = visit_rows(link.message, link.visitor)
    context = {
        "link": link,
        "message": link.message,
        "visitor": link.visitor,
        "todo": [row for row in rows if not row.reached],
        "done": [row for row in rows if row.reached],
        "error": error,
        "typed": request.POST,
    }
    return _private(render(request, "boards/visitor.html", context, status=status))


def _link(token: str) -> VisitLink | None:
    try:
        town, number = read_visit_token(token)
    except BadToken as error:
        raise Http404(str(error)) from error
    if town != current_town_code():
        raise Http404
    links = VisitLink.objects.select_related("message", "visitor__district")
    return links.filter(pk=number).first()


def _too_many(link: VisitLink) -> bool:
    recent = HouseholdMark.objects.filter(
        message=link.message, visitor=link.visitor, made_at__gt=timezone.now() - IN
    )
    return recent.count() >= MOST_MARKS


def _act(request: HttpRequest, link: VisitLink) -> str:
    """Carry out what was posted; returns what is wrong, or nothing. Other homes are not found."""
    visit = get_object_or_404(
        Visit.objects.select_related("household"),
        message=link.message,
        visitor=link.visitor,
        household__number=request.POST.get("household", ""),
    )
    actor = str(link.visitor)
    try:
        if back := request.POST.get("back"):
            mark = get_object_or_404(
                HouseholdMark,
                pk=back,
                message=link.message,
                household=visit.household,
                visitor=link.visitor,
            )
            take_back_mark(mark=mark, reason=request.POST.get("reason", ""), acting_user=actor)
            return ""
        found = Found(
            way=HouseholdMark.Way.VISIT,
            result=request.POST.get("result", ""),
            note=request.POST.get("note", ""),
            visitor=link.visitor,
        )
        mark_household(
            message=link.message, household=visit.household, found=found, acting_user=actor
        )
    except MarkRefused as refusal:
        return str(refusal)
    return ""


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    # no-referrer would make browsers send "Origin: null", which the CSRF check refuses.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
