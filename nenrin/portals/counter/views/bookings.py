"""Booking a visit: choose a time, change it, give it back; by code without an account."""

from datetime import date
from itertools import groupby
from uuid import UUID, uuid4

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nenrin.core.limits.decorators import client_address, limited
from nenrin.core.limits.limit import Limit
from nenrin.core.people.models import Person
from nenrin.core.people.selectors import person_of
from nenrin.engines.bookings.models import Booking, Resource
from nenrin.engines.bookings.rules import Slot
from nenrin.engines.bookings.selectors import free_slots, open_resources
from nenrin.engines.bookings.services.book import (
    Booker,
    BookingRefused,
    book,
    cancel_booking,
    move_booking,
)
from nenrin.engines.casework.rules import is_business_day
from nenrin.portals.procedures.door import visitor
from nenrin.residents.counter.codes import code_from, hash_of_code, shown_code

from ..forms import BookingForm, CodeForm, SlotForm

BOOKING = Limit("book_counter", 120, 3600)
TRIES = Limit("resume_booking", 240, 3600)
MINE, CODES, PURPOSE = "bookings", "booking_codes", "booking"
WRONG = "予約コードが合いません。書きまちがいがないか確かめてください。"
State = Booking.State


@require_http_methods(["GET", "POST"])
@limited(TRIES, by=client_address)
def listing(request: HttpRequest) -> HttpResponse:
    """What can be booked; one's own bookings; and the way back with a code."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    form.fields["code"].label = "予約コード"
    if request.method == "POST" and form.is_valid():
        code_hash = hash_of_code(PURPOSE, form.cleaned_data["code"])
        found = Booking.objects.filter(code_hash=code_hash).first()
        if found:
            _remember(request, found)
            return redirect("counter_booking", booking=found.pk)
        form.add_error("code", WRONG)
    now = timezone.now()
    rows = [(r, free_slots(r, now, is_business_day)[:1]) for r in open_resources()]
    mine = Booking.objects.filter(pk__in=request.session.get(MINE, []))
    person = person_of(request.user.pk)
    if person:
        mine = mine | Booking.objects.filter(person=person, room_for=None)
    context = {
        "form": form,
        "rows": rows,
        "mine": mine.filter(state=State.BOOKED, ends_at__gt=now).select_related("resource"),
        "tab": "consult",
    }
    return render(request, "counter/bookings.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@limited(BOOKING, by=client_address)
def new(request: HttpRequest, resource: str) -> HttpResponse:
    """Choose a time, and say who comes."""
    found = get_object_or_404(open_resources(), key=resource)
    slots = free_slots(found, timezone.now(), is_business_day)
    person, actor = visitor(request)
    rooms = list(open_resources(rooms=True))
    form = BookingForm(
        request.POST if request.method == "POST" else None,
        slots=slots,
        has_room=bool(rooms),
        initial={"name": str(person) if person else "", "page": uuid4()},
    )
    code = code_from(PURPOSE, str(form["page"].value()))
    if request.method == "POST" and (form.is_valid() or _made(form)):
        made = _made(form)
        wished = rooms if form.cleaned_data.get("room") else []
        try:
            made = made or _book(found, form.chosen(), _booker(form, person, code), wished, actor)
        except BookingRefused as refusal:
            made = _made(form)
            if made is None:
                form.add_error("slot", str(refusal))
        if made is not None:
            _remember(request, made, shown_code(code))
            notes.success(request, gettext("予約しました。"))
            return redirect("counter_booking", booking=made.pk)
    context = {"resource": found, "form": form, "days": _days(slots), "tab": "consult"}
    status = 400 if form.errors else 200
    return render(request, "counter/booking_new.html", context, status=status)


def _made(form: BookingForm) -> Booking | None:
    """What an earlier tap on the same page booked already."""
    page = form.cleaned_data.get("page")
    return Booking.objects.filter(reference=f"page:{page}").first() if page else None


def _booker(form: BookingForm, person: Person | None, code: str) -> Booker:
    known = form.cleaned_data
    return Booker(
        known["name"],
        known["telephone"],
        known["words"],
        person,
        hash_of_code(PURPOSE, code),
        f"page:{known['page']}",
    )


def _book(
    resource: Resource, slot: Slot, booker: Booker, rooms: list[Resource], actor: str
) -> Booking:
    """With a room if one is wished for: the first that is free then."""
    if not rooms:
        return book(resource=resource, slot=slot, booker=booker, acting_user=actor)
    for room in rooms[:-1]:
        try:
            return book(resource=resource, slot=slot, booker=booker, room=room, acting_user=actor)
        except BookingRefused:
            continue
    return book(resource=resource, slot=slot, booker=booker, room=rooms[-1], acting_user=actor)


def _days(slots: list[Slot]) -> list[tuple[date, list[Slot]]]:
    return [
        (day, list(of_day))
        for day, of_day in groupby(slots, lambda slot: timezone.localdate(slot.starts_at))
    ]


def _remember(request: HttpRequest, booking: Booking, code: str = "") -> None:
    known = request.session.get(MINE, [])
    request.session[MINE] = [*known, str(booking.pk)][-10:]
    if code:
        request.session[CODES] = {**request.session.get(CODES, {}), str(booking.pk): code}


def _mine(request: HttpRequest, pk: UUID) -> Booking:
    """One's own booking, or one opened with its code. Raises Http404."""
    found = get_object_or_404(Booking.objects.select_related("resource"), pk=pk, room_for=None)
    person = person_of(request.user.pk)
    is_persons = person is not None and found.person_id == person.pk
    if not is_persons and str(pk) not in request.session.get(MINE, []):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, booking: UUID) -> HttpResponse:
    """One's booking: when, where, and another time instead."""
    found = _mine(request, booking)
    slots = free_slots(found.resource, timezone.now(), is_business_day)
    form = SlotForm(request.POST if request.method == "POST" else None, slots=slots)
    if request.method == "POST" and form.is_valid():
        actor = visitor(request)[1]
        try:
            move_booking(booking=found.pk, slot=form.chosen(), acting_user=actor)
        except BookingRefused as refusal:
            form.add_error("slot", str(refusal))
        else:
            notes.success(request, gettext("時間を変えました。"))
            return redirect("counter_booking", booking=found.pk)
    context = {
        "booking": found,
        "room": found.rooms.exclude(state=State.CANCELLED).select_related("resource").first(),
        "code": request.session.get(CODES, {}).get(str(found.pk), ""),
        "form": form,
        "days": _days(slots),
        "tab": "consult",
    }
    response = render(request, "counter/booking.html", context, status=400 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def cancel(request: HttpRequest, booking: UUID) -> HttpResponse:
    """Give the time back."""
    found = _mine(request, booking)
    try:
        cancel_booking(booking=found.pk, acting_user=visitor(request)[1])
        notes.success(request, gettext("予約を取り消しました。"))
    except BookingRefused as refusal:
        notes.error(request, str(refusal))
    return redirect("counter_bookings")
