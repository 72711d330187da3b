"""Numbers: taken on a phone or at the kiosk, watched until they are called."""

from uuid import UUID, uuid4

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nenrin.core.limits.decorators import client_address, limited
from nenrin.core.limits.limit import Limit
from nenrin.core.people.selectors import person_of
from nenrin.residents.counter.models import Preparation, Service, Ticket
from nenrin.residents.counter.selectors.places import is_open_now, open_services
from nenrin.residents.counter.selectors.preparations import open_preparations
from nenrin.residents.counter.selectors.queue import newest_calls, wait_of, waits_for_new
from nenrin.residents.counter.services.call_ticket import cancel_ticket
from nenrin.residents.counter.services.keep_preparation import CounterRefused
from nenrin.residents.counter.services.take_ticket import Taker, take_ticket

from ..door import IN_SESSION
from ..places import face_of_ticket, need_kiosk
from ..sheet import qr_svg

TAKING = Limit("take_ticket", 120, 3600)
MINE = "tickets"
State = Ticket.State


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every service with its wait; and one's own numbers of today."""
    now = timezone.now()
    rows = [(s, is_open_now(s, now), w) for s, w in waits_for_new(open_services(), now)]
    mine = Ticket.objects.filter(pk__in=request.session.get(MINE, []), day=timezone.localdate(now))
    context = {
        "rows": rows,
        "mine": mine.filter(state__in=(State.WAITING, State.CALLED)).select_related("service"),
        "page": uuid4(),
        "tab": "procedures",
    }
    return render(request, "counter/tickets.html", context)


@require_POST
@limited(TAKING, by=client_address)
def take(request: HttpRequest, service: str) -> HttpResponse:
    """Take a number on a phone; one for each service at a time."""
    found = get_object_or_404(Service, code=service, is_open=True)
    mine = request.session.get(MINE, [])
    again = Ticket.objects.filter(pk__in=mine, service=found, state=State.WAITING)
    ticket = again.filter(day=timezone.localdate()).first()
    if ticket is None:
        person, key = person_of(request.user.pk), _page_key(request)
        taker = Taker(Ticket.Source.PHONE, person, _prepared(request), key)
        try:
            ticket = take_ticket(service=found, taker=taker)
        except CounterRefused as refusal:
            notes.error(request, str(refusal))
            return redirect("counter_tickets")
        request.session[MINE] = [*mine, str(ticket.pk)][-10:]
    return redirect("counter_ticket", ticket=ticket.pk)


def _page_key(request: HttpRequest) -> UUID | None:
    """The page's own key, so that two taps are one number."""
    try:
        return UUID(request.POST.get("page", ""))
    except ValueError:
        return None


def _prepared(request: HttpRequest) -> Preparation | None:
    known = request.session.get(IN_SESSION, [])
    return open_preparations().filter(pk__in=known[-1:]).first()


@require_GET
def one(request: HttpRequest, ticket: UUID) -> HttpResponse:
    """One's number: how many are before it, about how long, or where to go now."""
    found = get_object_or_404(Ticket.objects.select_related("service", "window"), pk=ticket)
    wait = wait_of(found, timezone.now()) if found.state == State.WAITING else None
    is_part = bool(request.headers.get("X-Fragment"))
    context = {
        "ticket": found,
        "wait": wait,
        "is_mine": str(found.pk) in request.session.get(MINE, []),
        "face": face_of_ticket(found) if found.state == State.DONE else "",
        "tab": "procedures",
    }
    template = "counter/_ticket.html" if is_part else "counter/ticket.html"
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def cancel(request: HttpRequest, ticket: UUID) -> HttpResponse:
    """Not waiting any more."""
    found = get_object_or_404(Ticket, pk=ticket)
    try:
        cancel_ticket(ticket=found.pk)
        notes.success(request, gettext("番号を取り消しました。"))
    except CounterRefused as refusal:
        notes.error(request, str(refusal))
    return redirect("counter_tickets")


@require_http_methods(["GET", "POST"])
def kiosk(request: HttpRequest, token: str) -> HttpResponse:
    """The page on the stand by the door: one large button for each service."""
    need_kiosk(token)
    now = timezone.now()
    if request.method == "POST":
        return _kiosk_take(request, token)
    rows = [(s, is_open_now(s, now), w) for s, w in waits_for_new(open_services(), now)]
    return render(request, "counter/kiosk.html", {"rows": rows, "token": token, "page": uuid4()})


def _kiosk_take(request: HttpRequest, token: str) -> HttpResponse:
    service = get_object_or_404(Service, code=request.POST.get("service", ""), is_open=True)
    try:
        taker = Taker(Ticket.Source.KIOSK, key=_page_key(request))
        ticket = take_ticket(service=service, taker=taker)
    except CounterRefused as refusal:
        notes.error(request, str(refusal))
        return redirect("counter_kiosk", token=token)
    return redirect("counter_kiosk_ticket", token=token, ticket=ticket.pk)


@require_GET
def kiosk_ticket(request: HttpRequest, token: str, ticket: UUID) -> HttpResponse:
    """The number just drawn, large, with the QR code of its page."""
    need_kiosk(token)
    found = get_object_or_404(Ticket.objects.select_related("service"), pk=ticket)
    page = reverse("counter_ticket", args=[found.pk])
    context = {
        "ticket": found,
        "wait": wait_of(found, timezone.now()),
        "token": token,
        "qr": mark_safe(qr_svg(request.build_absolute_uri(page), 5)),  # noqa: S308
    }
    response = render(request, "counter/kiosk_ticket.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def screen(request: HttpRequest) -> HttpResponse:
    """The call screen: who is called, where to, and the waits. Names nobody."""
    now = timezone.now()
    is_part = bool(request.headers.get("X-Fragment"))
    context = {
        "calls": newest_calls(timezone.localdate(now)),
        "rows": waits_for_new(open_services(), now),
        "now": now,
    }
    template = "counter/_screen.html" if is_part else "counter/screen.html"
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response
