"""The town hall's pages: what is out, whom it has not reached, and what waits for a person."""

from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.messaging.models import Message
from nenrin.core.messaging.selectors import newest_messages, reach_total
from nenrin.core.messaging.services.release_message import NotReleasable, release_message
from nenrin.core.organization.access import staff_required
from nenrin.residents.alerts.selectors import hazards_in_force, waiting_drafts


@require_GET
@staff_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is in force, whom the newest messages have not reached."""
    sent = [(message, reach_total(message.pk)) for message in newest_messages(8)]
    context = {"sent": sent, "drafts": waiting_drafts(), "hazards": hazards_in_force()}
    return render(request, "staff/home.html", context)


@require_POST
@staff_required
def release_draft(request: HttpRequest, message: UUID) -> HttpResponse:
    """Send a draft that a telegram made."""
    found = get_object_or_404(Message, pk=message)
    try:
        households = release_message(message=found, acting_user=str(request.user))
    except NotReleasable as refusal:
        notes.error(request, str(refusal))
        return redirect("staff_home")
    notes.success(request, f"{households} 世帯に送り始めました。")
    return redirect("staff_reach", message=found.pk)
