"""Draw the next number of a service."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from nenrin.core.people.models import Person
from nenrin.core.tenancy.scope import current_town_code

from ..models import Preparation, Service, Ticket
from ..selectors.places import is_open_now
from .keep_preparation import CounterRefused

NEXT = """
INSERT INTO counter_ticketcounter AS c (town_id, service_id, day, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (service_id, day) DO UPDATE SET last = c.last + 1 RETURNING last
"""
MOST = 999


@dataclass(frozen=True)
class Taker:
    """Who takes a number, as far as that is known, and where."""

    source: Ticket.Source
    person: Person | None = None
    preparation: Preparation | None = None


@transaction.atomic
def take_ticket(*, service: Service, taker: Taker) -> Ticket:
    """Draw a number for today. Raises CounterRefused outside the hours.

    Taking a number is nobody's act upon another: the ticket's own row is its record.
    """
    now = timezone.now()
    if not is_open_now(service, now):
        raise CounterRefused(
            f"{service.name}の受付は、平日の{service.opens:%-H時%M分}から{service.closes:%-H時%M分}までです。"
        )
    if taker.source == Ticket.Source.PHONE and not service.takes_phones:
        raise CounterRefused("この窓口の番号は、役場でおとりください。")
    day = timezone.localdate(now)
    number = _next_number(service, day.isoformat())
    if number > MOST:
        raise CounterRefused("今日の番号はなくなりました。職員に声をかけてください。")
    return Ticket.objects.create(
        service=service,
        day=day,
        number=number,
        label=f"{service.prefix}{number:03d}",
        taken_at=now,
        **vars(taker),
    )


def _next_number(service: Service, day: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [current_town_code(), service.pk, day])
        return int(cursor.fetchone()[0])
