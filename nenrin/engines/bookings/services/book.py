"""Take a time, change it, give it back, and note whether somebody came."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.people.models import Person

from ..models import Booking, Resource
from ..rules import Slot

TAKEN = "その時間は、いまほかの人が予約しました。別の時間を選んでください。"
State = Booking.State


class BookingRefused(Exception):
    """It cannot be booked so; the text says what to do, in Japanese."""


@dataclass(frozen=True)
class Booker:
    """Who books, and how to reach them; ``code_hash`` lets them come back."""

    name: str
    telephone: str = ""
    words: str = ""
    person: Person | None = None
    code_hash: str = ""
    reference: str = ""


@transaction.atomic
def book(
    *,
    resource: Resource,
    slot: Slot,
    booker: Booker,
    room: Resource | None = None,
    acting_user: str,
) -> Booking:
    """Take a seat at that time, and the room with it or neither.

    The caller has seen that the slot is offered. Raises BookingRefused where it was taken
    meanwhile; the database decides between two who book at once.
    """
    made = _seated(
        resource,
        lambda seat: Booking.objects.create(
            resource=resource, seat=seat, made_by=acting_user, **_when(slot), **vars(booker)
        ),
    )
    if room is not None:
        _take_room(made, room, slot, acting_user)
    _note(made, "book", acting_user)
    return made


@transaction.atomic
def move_booking(*, booking: UUID, slot: Slot, acting_user: str) -> Booking:
    """Take another time instead; the code stays. Raises BookingRefused."""
    found = _locked(booking)
    rooms = list(found.rooms.exclude(state=State.CANCELLED).select_related("resource"))
    for one in (found, *rooms):
        _seated(one.resource, lambda seat, one=one: _place(one, seat, slot))  # type: ignore[misc]
    Booking.objects.filter(pk=found.pk).update(reminded_at=None)
    _note(found, "move", acting_user)
    return found


@transaction.atomic
def cancel_booking(*, booking: UUID, acting_user: str) -> Booking:
    """Give the time back, and the room. Raises BookingRefused."""
    found = _locked(booking)
    found.state = State.CANCELLED
    found.save(update_fields=["state"])
    found.rooms.update(state=State.CANCELLED)
    _note(found, "cancel", acting_user)
    return found


@transaction.atomic
def mark_booking(*, booking: UUID, came: bool, acting_user: str) -> Booking:
    """Whether somebody came. Raises BookingRefused."""
    found = _locked(booking, (State.BOOKED, State.CAME, State.ABSENT))
    found.state = State.CAME if came else State.ABSENT
    found.save(update_fields=["state"])
    _note(found, "mark", acting_user)
    return found


def _take_room(made: Booking, room: Resource, slot: Slot, acting_user: str) -> None:
    try:
        _seated(
            room,
            lambda seat: Booking.objects.create(
                resource=room, seat=seat, room_for=made, made_by=acting_user, **_when(slot)
            ),
        )
    except BookingRefused as refusal:
        words = "その時間は、個室が空いていません。別の時間を選ぶか、個室なしで予約してください。"
        raise BookingRefused(words) from refusal


def _seated(resource: Resource, take: Callable[[int], Booking]) -> Booking:
    """The first seat that the database lets us have.

    Bookings of one resource take turns: two that wait for each other's seat would be a deadlock.
    """
    Resource.objects.select_for_update(no_key=True).get(pk=resource.pk)
    for seat in range(1, resource.seats + 1):
        try:
            with transaction.atomic():
                return take(seat)
        except IntegrityError:
            continue
    raise BookingRefused(TAKEN)


def _place(booking: Booking, seat: int, slot: Slot) -> Booking:
    booking.seat, booking.starts_at, booking.ends_at = seat, slot.starts_at, slot.ends_at
    booking.save(update_fields=["seat", "starts_at", "ends_at"])
    return booking


def _when(slot: Slot) -> dict[str, object]:
    return {"starts_at": slot.starts_at, "ends_at": slot.ends_at}


def _locked(booking: UUID, states: tuple[str, ...] = (State.BOOKED,)) -> Booking:
    found = (
        Booking.objects.select_for_update(of=("self",), no_key=True)
        .select_related("resource")
        .get(pk=booking)
    )
    if found.state not in states:
        raise BookingRefused(f"この予約は、いま「{found.get_state_display()}」です。")
    if states == (State.BOOKED,) and found.starts_at <= timezone.now():
        raise BookingRefused("予約の時間をすぎています。役場に電話してください。")
    return found


def _note(found: Booking, verb: str, actor: str) -> None:
    record_act(
        actor=actor,
        action=f"bookings.{verb}",
        subject=f"booking:{found.pk}",
        detail={"resource": found.resource.key},
    )
