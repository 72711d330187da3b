"""Erase what nobody came for, and the names of visits and bookings long ago."""

from datetime import datetime, timedelta

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act
from nenrin.engines.bookings.models import Booking

from ..models import Preparation, Ticket

FINISHED_KEPT = timedelta(days=7)
NAMES_KEPT = timedelta(days=2)
BOOKINGS_KEPT = timedelta(days=90)


@transaction.atomic
def erase_old(*, now: datetime) -> int:
    """Erase preparations past their time; tickets forget whose they were. Returns how many."""
    over = Preparation.objects.filter(expires_at__lte=now)
    finished = Preparation.objects.filter(finished_at__lte=now - FINISHED_KEPT)
    count = (over | finished).delete()[1].get(Preparation._meta.label, 0)
    Ticket.objects.filter(taken_at__lte=now - NAMES_KEPT).exclude(person=None).update(person=None)
    old = Booking.objects.filter(ends_at__lte=now - BOOKINGS_KEPT)
    old.exclude(name="", telephone="", words="", code_hash="", person=None).update(
        name="", telephone="", words="", code_hash="", person=None
    )
    if count:
        record_act(
            actor="system", action="counter.erase", subject="counter", detail={"count": count}
        )
    return count
