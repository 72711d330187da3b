"""The counter under way, whatever the hour: for the pictures."""

from datetime import timedelta

from django.utils import timezone

from nenrin.core.people.models import Person
from nenrin.core.tenancy.scope import current_town_code
from nenrin.engines.bookings.models import Resource
from nenrin.engines.bookings.selectors import free_slots
from nenrin.engines.bookings.services.book import Booker, book
from nenrin.engines.casework.rules import is_business_day
from nenrin.portals.counter.places import kiosk_token
from nenrin.residents.counter.codes import face_token
from nenrin.residents.counter.interviews.interview import FACTS, QUESTIONS
from nenrin.residents.counter.models import Preparation, Service, Ticket, Window
from nenrin.residents.counter.services.keep_preparation import (
    Comer,
    keep_answers,
    receive_preparation,
    start_preparation,
)

ANSWERS = {
    **{"insurance": "town", "head": True, "land": True, "farmland": True, "vacant": False},
    **{"care": True, "water": True, "scooter": False, "dog": True, "grave": False},
    "papers": True,
}


def counter_ids(person: Person) -> dict[str, str]:
    """A preparation of one resident, numbers in every state, and a booking."""
    preparation, _ = start_preparation(
        interview="farewell",
        comer=Comer(Preparation.Mouth.PHONE, person, person.household),
        acting_user="screens",
    )
    keep_answers(preparation=preparation, part=QUESTIONS, answers=ANSWERS)
    name = {"family": "杉山", "given": "花子", "family_kana": "スギヤマ", "given_kana": "ハナコ"}
    facts = {"applicant": name, "telephone": "0233521111", "day": "2026-11-20"}
    keep_answers(preparation=preparation, part=FACTS, answers=facts)
    receive_preparation(preparation=preparation, acting_user="screens")
    waiting, done = _tickets(preparation)
    resource = Resource.objects.get(key="counter_slots")
    slot = free_slots(resource, timezone.now(), is_business_day)[3]
    room = Resource.objects.filter(is_room=True).first()
    booker = Booker(str(person), "0233520000", "相続のこと", person)
    booking = book(resource=resource, slot=slot, booker=booker, room=room, acting_user="screens")
    return {
        "preparation": str(preparation.pk),
        "ticket_waiting": str(waiting.pk),
        "ticket_done": str(done.pk),
        "kiosk": kiosk_token(),
        "face": face_token(current_town_code(), "ticket", str(done.pk)),
        "booking": str(booking.pk),
        "booking_day": timezone.localdate(slot.starts_at).isoformat(),
    }


def _tickets(preparation: Preparation) -> tuple[Ticket, Ticket]:
    now = timezone.now()
    made: list[Ticket] = []
    for number, (service, window) in enumerate(_places()):
        for n, state in enumerate(("done", "called", "waiting", "waiting", "absent")):
            taken = now - timedelta(minutes=40 - 7 * n - number)
            called = taken + timedelta(minutes=6) if state != "waiting" else None
            made.append(
                Ticket(
                    service=service,
                    day=timezone.localdate(now),
                    number=801 + n,
                    label=f"{service.prefix}{801 + n}",
                    state=state,
                    source="kiosk",
                    taken_at=taken,
                    called_at=called,
                    last_called_at=called,
                    calls=1 if called else 0,
                    finished_at=now if state in ("done", "absent") else None,
                    window=window if called else None,
                    preparation=preparation if number == 0 and state == "waiting" else None,
                )
            )
    Ticket.objects.filter(day=timezone.localdate(now)).delete()
    Ticket.objects.bulk_create(made)
    return made[2], made[0]


def _places() -> list[tuple[Service, Window]]:
    return [(s, s.duties.first().window) for s in Service.objects.all()[:4]]
