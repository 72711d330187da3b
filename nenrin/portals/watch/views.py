"""見守り: what to look after now, who is watched, and what was found."""

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.organization.access import staff_required
from nenrin.core.people.models import Household
from nenrin.life.watch.models import Concern
from nenrin.life.watch.selectors import (
    checked_in_today,
    closed_concerns,
    open_concerns,
    watched_households,
)
from nenrin.life.watch.services.close_concern import ConcernRefused, close_concern, take_concern
from nenrin.life.watch.services.plan_watch import PlanRefused, end_watch, plan_watch

from .forms import WatchPlanForm


@require_GET
@staff_required
def board(request: HttpRequest) -> HttpResponse:
    """What waits, who is watched, and what was looked after lately."""
    return _board(request, WatchPlanForm())


def _board(request: HttpRequest, form: WatchPlanForm) -> HttpResponse:
    context = {
        "concerns": open_concerns(),
        "closed": closed_concerns(),
        "plans": watched_households(),
        "well": checked_in_today(),
        "form": form,
        "menu_entry": "staff_watch",
    }
    return render(request, "watch_desk/board.html", context, status=400 if form.errors else 200)


@require_POST
@staff_required
def move(request: HttpRequest, concern: int) -> HttpResponse:
    """Take a concern, or close it with a note."""
    found = get_object_or_404(Concern, pk=concern)
    actor = str(request.user)
    try:
        if request.POST.get("act") == "take":
            take_concern(concern_id=found.pk, acting_user=actor)
        else:
            note = request.POST.get("note", "")
            close_concern(concern_id=found.pk, note=note, acting_user=actor)
    except ConcernRefused as refusal:
        notes.error(request, str(refusal))
    return redirect("staff_watch")


@require_POST
@staff_required
def plan(request: HttpRequest) -> HttpResponse:
    """Begin or end the watch over a household."""
    actor = str(request.user)
    if ending := request.POST.get("end"):
        end_watch(household=get_object_or_404(Household, number=ending), acting_user=actor)
        notes.success(request, "見守りを終わりました。")
        return redirect("staff_watch")
    form = WatchPlanForm(request.POST)
    if not form.is_valid():
        return _board(request, form)
    household = Household.objects.filter(number=form.cleaned_data["number"], left_on=None).first()
    if household is None:
        form.add_error(
            "number", "この番号の世帯はありません。世帯をさがして番号を確かめてください。"
        )
        return _board(request, form)
    try:
        plan_watch(
            household=household,
            until_hour=form.cleaned_data["until_hour"],
            asked_by=form.cleaned_data["asked_by"],
            acting_user=actor,
        )
    except PlanRefused as refusal:
        form.add_error(None, str(refusal))
        return _board(request, form)
    notes.success(request, "見守りを始めました。")
    return redirect("staff_watch")
