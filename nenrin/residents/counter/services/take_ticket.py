"""Draw the next number of a service."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from nenrin.core.people.models import Person
from nenrin.core.tenancy.scope import current_town_code

from ..models import Preparation, Service, Ticket, TicketCounter
from ..selectors.places import is_open_now
from .keep_preparation import CounterRefused

NEXT = """
INSERT INTO counter_ticketcounter AS c (town_id, service_id, day, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (service_id, day) DO UPDATE SET last = c.last + 1 RETURNING last
"""
MOST = 999


@dataclass(frozen=True)
class Taker:
    """Who takes a number, as far as that is known, and where; ``key`` is the page's own."""

    source: Ticket.Source
    person: Person | None = None
    preparation: Preparation | None = None
    key: UUID | None = None


@transaction.atomic
def take_ticket(*, service: Service, taker: Taker) -> Ticket:
    """Draw a number for today; a second tap on the same page gets the first one's number.

    Raises CounterRefused outside the hours. Taking a number is nobody's act upon another: the row
    is its own record.
    """
    now = timezone.now()
    if not is_open_now(service, now):
        raise CounterRefused(
            f"{service.name}の受付は、平日の{service.opens:%-H時%M分}から{service.closes:%-H時%M分}までです。"
        )
    if taker.source == Ticket.Source.PHONE and not service.takes_phones:
        raise CounterRefused("この窓口の番号は、役場でおとりください。")
    day = timezone.localdate(now)
    # Drawing locks the day's row: whoever tapped twice is one behind the other here.
    number = _next_number(service, day.isoformat())
    before = Ticket.objects.filter(pk=taker.key).first() if taker.key else None
    if before is not None and (before.service_id, before.day) == (service.pk, day):
        TicketCounter.objects.filter(service=service, day=day).update(last=number - 1)
        return before
    if number > MOST:
        raise CounterRefused("今日の番号はなくなりました。職員に声をかけてください。")
    return Ticket.objects.create(
        id=taker.key if taker.key and before is None else uuid4(),
        service=service,
        day=day,
        number=number,
        label=f"{service.prefix}{number:03d}",
        taken_at=now,
        source=taker.source,
        person=taker.person,
        preparation=taker.preparation,
    )


def _next_number(service: Service, day: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [current_town_code(), service.pk, day])
        return int(cursor.fetchone()[0])
