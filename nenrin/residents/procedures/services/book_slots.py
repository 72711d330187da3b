"""The times that an application asks for are booked as it is sent, moved as it is mended."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nenrin.engines.bookings.models import Booking, Resource
from nenrin.engines.bookings.rules import Slot
from nenrin.engines.bookings.selectors import free_slots
from nenrin.engines.bookings.services.book import (
    TAKEN,
    Booker,
    BookingRefused,
    book,
    cancel_booking,
    move_booking,
)
from nenrin.engines.casework.rules import is_business_day
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.evaluation.result import Evaluation
from nenrin.engines.forms.fields.rich.time_slot import TimeSlotQuestion

from ..applicant.names import applicant_name
from ..locking import ApplicationRefused
from ..models import Application

State = Booking.State


@transaction.atomic
def book_slots(
    *, application: Application, definition: Definition, state: Evaluation, acting_user: str
) -> None:
    """Book or move what is answered; what is asked no more is given back.

    A time that nothing is booked for (the town keeps no such resource) stays a wish that the desk
    confirms. Raises ApplicationRefused where the time was taken meanwhile.
    """
    held = {one.reference: one for one in _held(application)}
    try:
        for question, resource, start in _wished(application, definition, state):
            reference = _reference(application, question)
            booked = held.pop(reference, None)
            if booked and booked.starts_at == start:
                continue
            slot = _free(resource, start)
            if booked:
                move_booking(booking=booked.pk, slot=slot, acting_user=acting_user)
            else:
                booker = _booker(application, reference)
                book(resource=resource, slot=slot, booker=booker, acting_user=acting_user)
        for booked in held.values():
            cancel_booking(booking=booked.pk, acting_user=acting_user)
    except BookingRefused as refusal:
        raise ApplicationRefused(str(refusal)) from refusal


@transaction.atomic
def give_slots_back(*, application: Application, acting_user: str) -> None:
    """The application was taken back; times gone by stay as they are."""
    for booked in _held(application):
        if booked.starts_at > timezone.now():
            cancel_booking(booking=booked.pk, acting_user=acting_user)


def _held(application: Application) -> list[Booking]:
    prefix = f"application:{application.pk}:"
    return list(Booking.objects.filter(reference__startswith=prefix, state=State.BOOKED))


def _reference(application: Application, question: TimeSlotQuestion) -> str:
    return f"application:{application.pk}:{question.name}"


def _wished(
    application: Application, definition: Definition, state: Evaluation
) -> Iterator[tuple[TimeSlotQuestion, Resource, datetime]]:
    for _, question in definition.questions():
        if not isinstance(question, TimeSlotQuestion) or question.name not in state.visible:
            continue
        start = _start(application.answers.get(question.name))
        resource = Resource.objects.filter(key=question.slots_from, is_open=True).first()
        if start and resource:
            yield question, resource, start


def _start(stored: object) -> datetime | None:
    """The moment of a slot that bookings offered; other answers are wishes in words."""
    try:
        found = datetime.fromisoformat(str(stored["slot"])) if isinstance(stored, dict) else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _free(resource: Resource, start: datetime) -> Slot:
    slots = free_slots(resource, timezone.now(), is_business_day)
    found = next((slot for slot in slots if slot.starts_at == start), None)
    if found is None:
        raise BookingRefused(TAKEN)
    return found


def _booker(application: Application, reference: str) -> Booker:
    telephone = application.answers.get("telephone")
    return Booker(
        name=applicant_name(application)[:80],
        telephone=telephone[:20] if isinstance(telephone, str) else "",
        person=application.person,
        reference=reference,
    )
