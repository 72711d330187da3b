"""One household of a message: what was tried, and taking it by hand."""

from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from nenrin.core.messaging.models import (
    AudienceHousehold,
    Delivery,
    Endpoint,
    HouseholdMark,
    HouseholdReach,
    Message,
)
from nenrin.core.messaging.selectors.board import rungs_of
from nenrin.core.messaging.services.mark_reached import (
    Found,
    MarkRefused,
    mark_household,
    take_back_mark,
)
from nenrin.core.messaging.transports.contract import transports
from nenrin.core.organization.access import staff_required
from nenrin.core.people.models import Household

from .silent import describe

Way, Result = HouseholdMark.Way, HouseholdMark.Result
RESULTS = [(r.value, r.label) for r in (Result.SAFE, Result.HELP, Result.ABSENT)]


@require_http_methods(["GET", "POST"])
@staff_required
def household_page(request: HttpRequest, message: UUID, number: str) -> HttpResponse:
    """Facts of a household for one message, the form to mark it, and its marks."""
    found = get_object_or_404(Message, pk=message, released_at__isnull=False)
    meant = AudienceHousehold.objects.filter(message=found).values("household")
    home = get_object_or_404(
        Household.objects.select_related("district", "neighbourhood__district"),
        number=number,
        pk__in=meant,
    )
    error = ""
    if request.method == "POST":
        error = _act(request, found, home)
        if not error:
            return redirect("staff_reach_household", message=found.pk, number=number)
    context = _context(found, home) | {"error": error, "typed": request.POST}
    response = render(request, "boards/household.html", context, status=400 if error else 200)
    response["Cache-Control"] = "no-store"
    return response


def _act(request: HttpRequest, message: Message, home: Household) -> str:
    """Carry out what was posted; returns what is wrong, or nothing."""
    actor = str(request.user)
    try:
        if back := request.POST.get("back"):
            mark = get_object_or_404(HouseholdMark, pk=back, message=message, household=home)
            take_back_mark(mark=mark, reason=request.POST.get("reason", ""), acting_user=actor)
            notes.success(request, "取り消しました。もとの記録も残っています。")
            return ""
        found = Found(
            way=request.POST.get("way", ""),
            result=request.POST.get("result", ""),
            note=request.POST.get("note", ""),
        )
        mark = mark_household(message=message, household=home, found=found, acting_user=actor)
    except MarkRefused as refusal:
        return str(refusal)
    notes.success(request, f"「{mark}」と記録しました。")
    return ""


def _context(message: Message, home: Household) -> dict[str, object]:
    deliveries = Delivery.objects.filter(message=message, household=home).select_related("channel")
    phones = Endpoint.objects.filter(household=home, kind__in=["voice", "sms"], retired_at=None)
    return {
        "menu_entry": "staff_reach_list",
        "message": message,
        "household": home,
        "row": describe(message, [home], rungs_of(message))[0],
        "reach": HouseholdReach.objects.get(message=message, household=home),
        "deliveries": [
            (transports.get(d.channel.kind).label, d) for d in deliveries.order_by("rung", "pk")
        ],
        "answers": message.answers.filter(household=home).order_by("-answered_at"),
        "phones": sorted(set(phones.values_list("address", flat=True))),
        "marks": message.marks.filter(household=home)
        .order_by("-made_at", "-pk")
        .select_related("taken_back_by"),
        "ways": Way.choices,
        "results": RESULTS,
    }
