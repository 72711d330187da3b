"""Pages of shelters: for everyone a list with a map, for staff a counter for one thumb."""

from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nenrin.core.areas.models import Shelter
from nenrin.core.organization.access import staff_required
from nenrin.core.ui.keeping import keep_public
from nenrin.core.ui.map_svg import MapPoint, map_svg

from .forms import CountForm, ProfileForm
from .models import Opening
from .selectors import (
    OpenShelter,
    as_open_shelter,
    closed_shelters,
    count_history,
    open_shelters,
    profile_of,
)
from .services.close_shelter import close_shelter
from .services.count_people import CountRefused, count_people
from .services.describe_shelter import describe_shelter
from .services.open_shelter import OpeningRefused, open_shelter

STEPS = (1, 5, 10)


@require_GET
def public_list(request: HttpRequest) -> HttpResponse:
    """Shelters open now with their room, and where all others are."""
    opened, closed = open_shelters(), closed_shelters()
    context = {
        "tab": "life",
        "opened": _numbered(opened, 1),
        "closed": _numbered(closed, len(opened) + 1),
        "drills": open_shelters(is_drill=True),
        "map": _map(opened, closed),
    }
    return keep_public(request, render(request, "shelters/public.html", context))


def _numbered(rows: list[Any], start: int) -> list[tuple[int, Any]]:
    return list(enumerate(rows, start))


def _map(opened: list[OpenShelter], closed: list[Shelter]) -> SafeString:
    points = [
        MapPoint(
            row.shelter.latitude,
            row.shelter.longitude,
            row.shelter.name,
            str(number),
            "full" if row.is_full else "open",
            row.room_words,
        )
        for number, row in _numbered(opened, 1)
    ] + [
        MapPoint(place.latitude, place.longitude, place.name, str(number), "closed", "閉じています")
        for number, place in _numbered(closed, len(opened) + 1)
    ]
    return mark_safe(map_svg(points, label="避難所の地図"))  # noqa: S308


@require_GET
@staff_required
def staff_list(request: HttpRequest) -> HttpResponse:
    """What is open, and what can be opened."""
    opened, closed = open_shelters(), closed_shelters()
    context = {
        "opened": opened,
        "drills": open_shelters(is_drill=True),
        "closed": [(place, profile_of(place)) for place in closed if place.is_living_shelter],
        "outdoors": [(place, profile_of(place)) for place in closed if not place.is_living_shelter],
        "people": sum(row.people for row in opened),
        "map": _map(opened, closed),
    }
    return render(request, "shelters/staff.html", context)


@require_POST
@staff_required
def open_one(request: HttpRequest) -> HttpResponse:
    """Open a shelter, for real or as a drill."""
    shelter = get_object_or_404(Shelter, pk=request.POST.get("shelter"))
    is_drill = request.POST.get("drill") == "1"
    try:
        opening = open_shelter(shelter=shelter, is_drill=is_drill, acting_user=str(request.user))
    except OpeningRefused as refusal:
        notes.error(request, str(refusal))
        return redirect("staff_shelters")
    notes.success(request, f"{shelter.name}を開きました。町民のページに出ています。")
    return redirect("staff_shelter", opening=opening.pk)


@require_http_methods(["GET", "POST"])
@staff_required
def count(request: HttpRequest, opening: int) -> HttpResponse:
    """The counter of one shelter: big buttons, a number, and who counted when."""
    found = get_object_or_404(Opening.objects.select_related("shelter__profile"), pk=opening)
    form, error = CountForm(), ""
    if request.method == "POST":
        form, error = _take_count(request, found)
        if not (error or form.errors) and not request.headers.get("HX-Request"):
            return redirect("staff_shelter", opening=found.pk)
        found.refresh_from_db(fields=["people", "counted_at", "closed_at"])
    context = {
        "menu_entry": "staff_shelters",
        "opening": found,
        "now": as_open_shelter(found),
        "form": form,
        "error": error,
        "steps": STEPS,
        "history": count_history(found),
    }
    part = request.headers.get("HX-Request") or request.headers.get("X-Fragment")
    name = "shelters/_counter.html" if part else "shelters/counter.html"
    # htmx shows only answers of 200; the words in them say what was wrong.
    refused = bool(error or form.errors) and not part
    return render(request, name, context, status=400 if refused else 200)


def _take_count(request: HttpRequest, opening: Opening) -> tuple[CountForm, str]:
    change = request.POST.get("change", "")
    by: dict[str, int] = {}
    if change:
        wanted = change.lstrip("+-")
        if wanted not in {str(step) for step in STEPS}:
            return CountForm(), "この増やし方はできません。"
        by, form = {"change": int(change)}, CountForm()
    else:
        form = CountForm(request.POST)
        if not form.is_valid():
            return form, ""
        by = {"total": form.cleaned_data["total"]}
    try:
        count_people(opening=opening, acting_user=str(request.user), **by)
    except CountRefused as refusal:
        return form, str(refusal)
    return CountForm(), ""


@require_POST
@staff_required
def close(request: HttpRequest, opening: int) -> HttpResponse:
    """Close a shelter."""
    found = get_object_or_404(Opening.objects.select_related("shelter"), pk=opening)
    if request.POST.get("sure") != "1":
        notes.error(request, "閉じるときは「全員が出たことを確かめました」に印をつけてください。")
        return redirect("staff_shelter", opening=found.pk)
    close_shelter(opening=found, acting_user=str(request.user))
    notes.success(request, f"{found.shelter.name}を閉じました。")
    return redirect("staff_shelters")


@require_http_methods(["GET", "POST"])
@staff_required
def describe(request: HttpRequest, shelter: int) -> HttpResponse:
    """Capacity and equipment of a shelter."""
    found = get_object_or_404(Shelter, pk=shelter)
    profile = profile_of(found)
    known = {"capacity": profile.capacity, "equipment": profile.equipment} if profile else {}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        describe_shelter(shelter=found, acting_user=str(request.user), **form.cleaned_data)
        notes.success(request, f"{found.name}の定員と設備を保存しました。")
        return redirect("staff_shelters")
    context = {"menu_entry": "staff_shelters", "shelter": found, "form": form}
    return render(request, "shelters/describe.html", context, status=400 if form.errors else 200)
