"""A counter with four weeks behind it, a morning under way, and people who booked."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from nenrin.core.areas.japan import JST
from nenrin.core.people.models import Person
from nenrin.engines.bookings.models import Resource
from nenrin.engines.bookings.rules import Slot
from nenrin.engines.bookings.selectors import offered_slots
from nenrin.engines.bookings.services.book import Booker, BookingRefused, book
from nenrin.engines.casework.rules import is_business_day
from nenrin.engines.surveys.models import Rating
from nenrin.engines.surveys.services.rate import rate
from nenrin.residents.counter.models import Service, Ticket, TicketCounter
from nenrin.townhall.plan.plugs import COUNTER_TOPIC

WEEKS = 4
# How many come in an hour, from half past eight; mornings and Mondays are busy.
BY_HOUR = {8: 1, 9: 4, 10: 5, 11: 3, 12: 1, 13: 3, 14: 3, 15: 2, 16: 2}
SHARE = {"general": 1.0, "tax": 0.5, "welfare": 0.5, "children": 0.35, "works": 0.4}
FACES = [3] * 14 + [2] * 3 + [1]
WORDS = ["一度で済みました。", "説明がわかりやすかったです。", "少し待ちました。", ""]
BOOKED = 6


@transaction.atomic
def load_demo_counter(*, seed: str) -> int:
    """Fill the counter of the town in scope; returns how many numbers were drawn."""
    random = Random(f"{seed}:counter")
    today = timezone.localdate()
    first = today - timedelta(weeks=WEEKS)
    days = [first + timedelta(days=n) for n in range(WEEKS * 7)]
    services = list(Service.objects.prefetch_related("duties"))
    past = [day for day in days if is_business_day(day)]
    tickets = [t for day in past for s in services for t in _day(random, s, day)]
    tickets += [t for s in services for t in _morning(random, s, today)]
    Ticket.objects.bulk_create(tickets, batch_size=2000)
    _faces(random, [t for t in tickets if t.state == Ticket.State.DONE])
    _bookings(random)
    return len(tickets)


def _day(random: Random, service: Service, day: date) -> list[Ticket]:
    """A day that is over: everyone was called."""
    made: list[Ticket] = []
    windows = [duty.window_id for duty in service.duties.all()]
    free = dict.fromkeys(windows, _at(day, 8, 30))
    busy = 1.4 if day.weekday() == 0 else 1.0
    for taken in _arrivals(random, day, SHARE.get(service.code, 0.3) * busy):
        window = min(free, key=lambda one: free[one]) if free else None
        if window is None:
            break
        called = max(taken + timedelta(seconds=random.randint(10, 60)), free[window])
        took = timedelta(minutes=max(2.0, random.gauss(service.usual_minutes, 4)))
        is_absent = random.random() < 0.02
        free[window] = called + (timedelta(minutes=2) if is_absent else took)
        made.append(
            _ticket(
                service,
                len(made) + 1,
                taken,
                source=random.choice(["kiosk", "kiosk", "clerk", "phone", "booking"]),
                state=Ticket.State.ABSENT if is_absent else Ticket.State.DONE,
                called_at=called,
                last_called_at=called,
                calls=1,
                finished_at=free[window],
                window_id=window,
                served_by="作りもの",
            )
        )
    return made


def _morning(random: Random, service: Service, today: date) -> list[Ticket]:
    """Today, if the town hall is open: a few wait now, one is at the first window."""
    now = timezone.now()
    if not is_business_day(today) or not service.opens <= timezone.localtime(now).time():
        return []
    count = max(2, round(5 * SHARE.get(service.code, 0.3)))
    made = [
        _ticket(service, n + 1, now - timedelta(minutes=6 * (count - n)), source="kiosk")
        for n in range(count)
    ]
    duty = service.duties.first()
    if duty:
        one, called = made[0], now - timedelta(minutes=random.randint(2, 6))
        one.state, one.window_id, one.calls = Ticket.State.CALLED, duty.window_id, 1
        one.called_at = one.last_called_at = called
    TicketCounter.objects.create(service=service, day=today, last=count)
    return made


def _ticket(service: Service, number: int, taken: datetime, **fields: object) -> Ticket:
    return Ticket(
        service=service,
        day=timezone.localdate(taken),
        number=number,
        label=f"{service.prefix}{number:03d}",
        taken_at=taken,
        **fields,
    )


def _arrivals(random: Random, day: date, share: float) -> list[datetime]:
    found = []
    for hour, usual in BY_HOUR.items():
        for _ in range(round(usual * share * random.uniform(0.5, 1.4))):
            minute = random.randint(30 if hour == 8 else 0, 59)
            found.append(_at(day, hour, minute, random.randint(0, 59)))
    return sorted(found)


def _at(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=JST)


def _faces(random: Random, done: list[Ticket]) -> None:
    """About one in eight answers, as on the day of the visit."""
    for ticket in done:
        if random.random() > 0.12:
            continue
        face = random.choice(FACES)
        words = random.choice(WORDS) if face == 3 else ""
        answer = rate(
            topic=COUNTER_TOPIC,
            subject=ticket.service.code,
            respondent=f"ticket:{ticket.pk}",
            face=face,
            words=words,
        )
        Rating.objects.filter(pk=answer.pk).update(rated_at=ticket.finished_at)


def _bookings(random: Random) -> None:
    persons = list(Person.objects.filter(is_head=True, left_on=None).order_by("number")[:60])
    resources = list(Resource.objects.filter(is_open=True, is_room=False))
    room = Resource.objects.filter(is_room=True).first()
    if not persons:
        return
    for resource in resources:
        offered = offered_slots(resource, timezone.now(), is_business_day)
        for slot in random.sample(offered, min(BOOKED, len(offered))):
            person = random.choice(persons)
            wants_room = random.random() < 0.3
            _book(resource, slot, person, room if wants_room else None)


def _book(resource: Resource, slot: Slot, person: Person, room: Resource | None) -> None:
    booker = Booker(name=str(person), telephone="0233520000", person=person)
    with suppress(BookingRefused):
        book(resource=resource, slot=slot, booker=booker, room=room, acting_user="作りもの")
