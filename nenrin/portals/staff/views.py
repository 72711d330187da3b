"""The town hall's front page: what waits for me, what is in force, whom we have not reached."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nenrin.core.messaging.selectors.reach import newest_messages, reach_total
from nenrin.core.organization.access import staff_required
from nenrin.residents.alerts.selectors import hazards_in_force

SHOWN = 8


@require_GET
@staff_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me (the modules' cards), what is in force, the newest messages' reach."""
    sent = [(message, reach_total(message.pk)) for message in newest_messages(SHOWN)]
    return render(request, "staff/home.html", {"sent": sent, "hazards": hazards_in_force()})
