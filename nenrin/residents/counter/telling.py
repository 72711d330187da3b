"""What somebody hears from the counter goes down the river, to devices their household linked."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from nenrin.core.messaging.models import Message
from nenrin.core.messaging.services.compose_message import Draft, compose_message
from nenrin.core.messaging.services.release_message import NotReleasable, release_message
from nenrin.core.messaging.states import Severity
from nenrin.core.people.models import Household, Person

from .models import Ticket

SOURCE = "counter"
NEXT_HOLDS = timedelta(minutes=45)


def tell_who_is_next(*, service_id: int, now: datetime) -> None:
    """Whoever is first in line hears it once, in the transaction of the call before."""
    waiting = Ticket.objects.filter(
        service=service_id, day=timezone.localdate(now), state=Ticket.State.WAITING
    )
    first = waiting.filter(wanted_window=None).order_by("taken_at", "number").first()
    if first is None or first.told_next_at or first.person_id is None:
        return
    Ticket.objects.filter(pk=first.pk).update(told_next_at=now)
    person = Person.objects.select_related("household").get(pk=first.person_id)
    draft = Draft(
        source=SOURCE,
        source_reference=str(first.pk),
        title=f"番号 {first.label}: 次の番です",
        body=f"まもなくお呼びします。{first.service.name}の近くでお待ちください。",
        severity=Severity.NOTICE,
        expires_at=now + NEXT_HOLDS,
    )
    tell_person(person=person, draft=draft, acting_user="counter")


def tell_person(*, person: Person, draft: Draft, acting_user: str) -> Message | None:
    """Send to the devices of the person's household; None where there is none or none may be used.

    Seam: the river knows households; an audience of one person belongs there.
    """
    household = person.household
    if household is None or not _has_device(household):
        return None
    try:
        with transaction.atomic():
            message = compose_message(draft=draft, households=[household.pk])
            release_message(message=message, acting_user=acting_user)
    except NotReleasable:
        return None
    return message


def _has_device(household: Household) -> bool:
    usable = household.endpoints.filter(
        retired_at=None, verified_at__isnull=False, consented_at__isnull=False
    )
    return usable.exclude(kind__in=("voice", "sms")).exists()
