"""The clerk's page: call the next number, call again, done, absent, hand over."""

from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from nenrin.core.organization.access import staff_required
from nenrin.residents.counter.models import Service, Ticket, Window
from nenrin.residents.counter.selectors.places import open_services
from nenrin.residents.counter.selectors.queue import (
    absent_today,
    at_window,
    waiting_for,
    waiting_today,
)
from nenrin.residents.counter.services.call_ticket import (
    call_again,
    call_next,
    call_number,
    close_ticket,
    hand_over,
)
from nenrin.residents.counter.services.keep_preparation import CounterRefused
from nenrin.residents.counter.services.take_ticket import Taker, take_ticket

from ..places import face_of_ticket, kiosk_token, visit_of
from ..sheet import qr_svg

WINDOW = "counter_window"


@require_http_methods(["GET", "POST"])
@staff_required
def desk(request: HttpRequest) -> HttpResponse:
    """One's window: who is here, who waits, and the acts on them."""
    window = _window(request)
    if request.method == "POST":
        return _post(request, window)
    is_part = bool(request.headers.get("X-Fragment"))
    template = "counter_desk/_queue.html" if is_part else "counter_desk/desk.html"
    return render(request, template, _context(request, window))


def _context(request: HttpRequest, window: Window | None) -> dict[str, object]:
    day = timezone.localdate()
    windows = Window.objects.filter(is_open=True)
    return {
        "window": window,
        "windows": windows,
        "others": windows.exclude(pk=window.pk) if window else windows,
        "current": at_window(window) if window else None,
        "waiting": waiting_for(window, day) if window else waiting_today(day),
        "all_waiting": waiting_today(day).count(),
        "absent": absent_today(day)[:10],
        "services": open_services(),
        "kiosk": kiosk_token(),
    }


def _window(request: HttpRequest) -> Window | None:
    chosen = request.session.get(WINDOW)
    return Window.objects.filter(pk=chosen, is_open=True).first() if chosen else None


def _post(request: HttpRequest, window: Window | None) -> HttpResponse:
    act = request.POST.get("act", "")
    try:
        if act == "window":
            chosen = get_object_or_404(Window, pk=_number(request), is_open=True)
            request.session[WINDOW] = chosen.pk
        elif act == "take":
            _take(request)
        elif window is None:
            notes.error(request, "先に、自分の窓口を選んでください。")
        else:
            return _act(request, window, act)
    except CounterRefused as refusal:
        notes.error(request, str(refusal))
    return redirect("staff_counter")


def _take(request: HttpRequest) -> None:
    service = get_object_or_404(Service, code=request.POST.get("service", ""))
    ticket = take_ticket(service=service, taker=Taker(Ticket.Source.CLERK))
    notes.success(request, f"{ticket.label} を出しました（{service.name}）。")


def _act(request: HttpRequest, window: Window, act: str) -> HttpResponse:
    actor = str(request.user)
    current = at_window(window)
    if act == "next":
        if call_next(window=window, acting_user=actor) is None:
            notes.info(request, "いま待っている人はいません。")
    elif act == "number":
        ticket = _uuid(request.POST.get("ticket", ""))
        call_number(window=window, ticket=ticket, acting_user=actor)
    elif current is None:
        notes.error(request, "いま窓口にいる番号がありません。")
    else:
        return _act_on(request, current, act)
    return redirect("staff_counter")


def _act_on(request: HttpRequest, current: Ticket, act: str) -> HttpResponse:
    """What is done with whoever is at the window."""
    actor = str(request.user)
    if act == "again":
        call_again(ticket=current.pk, acting_user=actor)
    elif act == "hand_over":
        to = get_object_or_404(Window, pk=_number(request))
        hand_over(ticket=current.pk, to=to, acting_user=actor)
        notes.success(request, f"{current.label} を {to} に渡しました。")
    elif act in (Ticket.State.DONE, Ticket.State.ABSENT):
        close_ticket(ticket=current.pk, state=act, acting_user=actor)
        if act == Ticket.State.DONE:
            return redirect("staff_counter_face", ticket=current.pk)
    return redirect("staff_counter")


def _number(request: HttpRequest) -> int:
    text = request.POST.get("window", "")
    return int(text) if text.isdecimal() else 0


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise CounterRefused("番号を選んでください。") from error


@require_GET
@staff_required
def face(request: HttpRequest, ticket: UUID) -> HttpResponse:
    """The question's QR code, to be turned to whoever was here."""
    found = get_object_or_404(Ticket.objects.select_related("service"), pk=ticket)
    return asked(request, face_of_ticket(found))


@require_GET
@staff_required
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """The same after a visit without a number. Raises Http404 for a made-up word."""
    visit_of(token)
    path = reverse("counter_face", args=[token])
    qr = qr_svg(request.build_absolute_uri(path), 5)
    context = {
        "link": path,
        "qr": mark_safe(qr),  # noqa: S308
        "menu_entry": "staff_counter",
    }
    return render(request, "counter_desk/face.html", context)
