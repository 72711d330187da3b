"""The clerk's list of a day's bookings."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role
from nenrin.engines.bookings.models import Booking
from nenrin.engines.bookings.selectors import bookings_on, counts_by_day, open_resources
from nenrin.engines.bookings.services.book import BookingRefused, cancel_booking, mark_booking
from nenrin.engines.casework.rules import is_business_day
from nenrin.residents.counter.models import Service, Ticket
from nenrin.residents.counter.services.keep_preparation import CounterRefused
from nenrin.residents.counter.services.take_ticket import Taker, take_ticket

AHEAD = 14


@require_GET
@staff_required(role=Role.DESK)
def day(request: HttpRequest) -> HttpResponse:
    """Today's bookings, or another day's."""
    today = timezone.localdate()
    try:
        chosen = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        chosen = today
    days = [today + timedelta(days=n) for n in range(AHEAD)]
    counts = counts_by_day(days)
    context = {
        "day": chosen,
        "is_today": chosen == today,
        "bookings": bookings_on(chosen),
        "days": [
            (one, counts.get(one, 0)) for one in days if counts.get(one) or is_business_day(one)
        ],
        "resources": open_resources(),
        "services": Service.objects.filter(is_open=True),
    }
    response = render(request, "counter_desk/bookings.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@staff_required(role=Role.DESK)
def act(request: HttpRequest, booking: UUID) -> HttpResponse:
    """Came (with a number, or without), did not come, or cancelled by telephone."""
    found = get_object_or_404(Booking, pk=booking, room_for=None)
    actor = str(request.user)
    try:
        match request.POST.get("act"):
            case "cancel":
                cancel_booking(booking=found.pk, acting_user=actor)
                notes.success(request, "予約を取り消しました。")
            case "absent":
                mark_booking(booking=found.pk, came=False, acting_user=actor)
            case "came":
                _came(request, found, actor)
    except (BookingRefused, CounterRefused) as refusal:
        notes.error(request, str(refusal))
    where = timezone.localdate(found.starts_at).isoformat()
    return redirect(f"{reverse('staff_counter_bookings')}?day={where}")


def _came(request: HttpRequest, found: Booking, actor: str) -> None:
    mark_booking(booking=found.pk, came=True, acting_user=actor)
    service = Service.objects.filter(code=request.POST.get("service", "")).first()
    if service is not None:
        taker = Taker(Ticket.Source.BOOKING, found.person)
        ticket = take_ticket(service=service, taker=taker)
        notes.success(request, f"{ticket.label} を出しました。予約の人は先に呼ばれます。")
