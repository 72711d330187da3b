"""What the counter holds of a household: a preparation, a number, a booking."""

from datetime import timedelta

from django.utils import timezone

from nenrin.core.people.models import Household
from nenrin.core.tenancy.scope import current_town_code
from nenrin.engines.bookings.models import Resource
from nenrin.engines.bookings.selectors import free_slots
from nenrin.engines.bookings.services.book import Booker, book
from nenrin.portals.counter.places import kiosk_token
from nenrin.residents.counter.codes import face_token
from nenrin.residents.counter.interviews.interview import FACTS, QUESTIONS
from nenrin.residents.counter.models import Preparation, Service, Ticket
from nenrin.residents.counter.services.keep_preparation import (
    Comer,
    keep_answers,
    start_preparation,
)
from nenrin.residents.counter.services.set_up_counter import set_up_counter


def make_counter_things(household: Household) -> dict[str, object]:
    """One of each of the head of the household, by the names of address parts."""
    set_up_counter()
    owner = household.persons.get(is_head=True)
    comer = Comer(Preparation.Mouth.PHONE, owner, household)
    preparation, code = start_preparation(interview="papers", comer=comer, acting_user="t")
    keep_answers(preparation=preparation, part=QUESTIONS, answers={"what": "resident"})
    name = {"family": "秘密野", "given": "花子", "family_kana": "ヒ", "given_kana": "ハ"}
    keep_answers(preparation=preparation, part=FACTS, answers={"applicant": name})
    # Only here, so that another town has nothing of the same name.
    service = Service.objects.create(code="ours-only", name="秘密の業務", prefix="Z")
    resource = Resource.objects.get(key="counter_slots")
    resource.key = "ours_only"
    resource.save(update_fields=["key"])
    slot = free_slots(resource, timezone.now(), lambda day: day.weekday() < 5)[0]
    booker = Booker("秘密野 花子", "0233000000", "himitsu", owner)
    booking = book(resource=resource, slot=slot, booker=booker, acting_user="t")
    ticket = _ticket(service, owner)
    return {
        "preparation": preparation.pk,
        "preparation code": code,
        "service": service.code,
        "ticket": ticket.pk,
        "kiosk": kiosk_token(),
        "face": face_token(current_town_code(), "ticket", str(ticket.pk)),
        "resource": resource.key,
        "booking": booking.pk,
    }


def _ticket(service: Service, owner: object) -> Ticket:
    now = timezone.now() - timedelta(minutes=1)
    return Ticket.objects.create(
        service=service,
        day=timezone.localdate(now),
        number=1,
        label="Z001",
        source=Ticket.Source.PHONE,
        taken_at=now,
        person=owner,
    )
