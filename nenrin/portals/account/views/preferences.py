"""When one of my devices stays quiet, and which news it is told."""

from django.contrib import messages as notes
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from nenrin.core.messaging.models import Endpoint
from nenrin.core.messaging.services.endpoints.set_preferences import (
    PreferencesRefused,
    set_preferences,
)
from nenrin.core.messaging.transports.contract import transports
from nenrin.residents.notices.topics import topics

from ..access import ResidentRequest, resident_required
from ..forms import PreferencesForm


@require_http_methods(["GET", "POST"])
@resident_required
def preferences(request: ResidentRequest, endpoint: int) -> HttpResponse:
    """Choose quiet hours and topics of a device of mine, or of my home's tablet."""
    mine = Q(person=request.person) | Q(person=None, household=request.person.household_id)
    found = get_object_or_404(Endpoint.objects.filter(mine, retired_at=None), pk=endpoint)
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=_now(found))
    if form.is_bound and form.is_valid():
        try:
            set_preferences(
                endpoint=found,
                quiet=form.quiet(),
                muted_topics=form.muted(),
                acting_user=request.acting_user,
            )
        except PreferencesRefused as refusal:
            form.add_error("quiet_until", str(refusal))
        else:
            notes.success(request, "おぼえました。急ぐ知らせは、いつでも届きます。")
            return redirect("my_devices")
    context = {"form": form, "label": transports.get(found.kind).label, "tab": "settings"}
    return render(request, "my/preferences.html", context, status=400 if form.errors else 200)


def _now(endpoint: Endpoint) -> dict[str, object]:
    return {
        "is_quiet": endpoint.quiet_from is not None,
        "quiet_from": 21 if endpoint.quiet_from is None else endpoint.quiet_from,
        "quiet_until": 7 if endpoint.quiet_until is None else endpoint.quiet_until,
        "topics": [key for key in topics() if key not in endpoint.muted_topics],
    }
