"""The town hall's pages: what is out, whom it has not reached, and what waits for a person."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from nenrin.core.messaging.models import Message
from nenrin.core.messaging.selectors import (
    newest_messages,
    reach_by_channel,
    reach_by_district,
    reach_total,
    sending_times,
    silent_households,
)
from nenrin.core.messaging.transports.contract import transports
from nenrin.core.organization.access import staff_required
from nenrin.residents.alerts.selectors import hazards_in_force

SILENT_PER_PAGE = 50


@require_GET
@staff_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is in force, whom the newest messages have not reached."""
    sent = [(message, reach_total(message.pk)) for message in newest_messages(8)]
    context = {"sent": sent, "hazards": hazards_in_force()}
    return render(request, "staff/home.html", context)


@require_GET
@staff_required
def reach(request: HttpRequest, message: UUID) -> HttpResponse:
    """The reach board of one message."""
    found = get_object_or_404(Message, pk=message, released_at__isnull=False)
    channels = [
        (transports.get(channel.kind).label, channel) for channel in reach_by_channel(found.pk)
    ]
    silent = Paginator(silent_households(found.pk), SILENT_PER_PAGE)
    context = {
        "message": found,
        "total": reach_total(found.pk),
        "channels": channels,
        "districts": reach_by_district(found.pk),
        "times": sending_times(found.pk),
        "silent": silent.get_page(request.GET.get("page")),
    }
    name = "staff/_reach.html" if request.headers.get("X-Fragment") else "staff/reach.html"
    return render(request, name, context)
