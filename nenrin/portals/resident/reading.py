"""What the alert page knows: the household's answers, the history, the words in one's language."""

from dataclasses import dataclass

from django.http import HttpRequest

from nenrin.core.areas.models import District
from nenrin.core.messaging.models import (
    PRIVATE_KINDS,
    Audience,
    AudienceHousehold,
    Delivery,
    Message,
    SafetyAnswer,
)
from nenrin.core.people.models import Person
from nenrin.core.people.selectors import person_of

from .levels import Level, level_in_words

LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who can be answered for; without ``person`` the whole household."""

    person: Person | None
    answer: SafetyAnswer | None
    is_me: bool = False

    @property
    def key(self) -> str:
        """Names the member in forms and in links of the page."""
        return str(self.person.pk) if self.person else "all"


@dataclass(frozen=True, slots=True)
class Words:
    """A message in the reader's language; ``todo`` is what to do first."""

    title: str
    todo: str
    rest: str
    easy: str
    reading: str
    language: str


def words_for(message: Message, language: str) -> Words:
    """The message's words; Japanese where the language is not among its translations."""
    other = message.translations.get(language) if language != "ja" else None
    title, body = (other["title"], other["body"]) if other else (message.title, message.body)
    todo, _, rest = body.partition("\n\n")
    easy = "" if other else message.easy_body
    reading = body if other else message.reading
    return Words(title, todo, rest.strip(), easy, reading, language if other else "ja")


def level_of(message: Message) -> Level | None:
    """The 警戒レベル in the message's words."""
    return level_in_words(message.title, message.body)


def history_of(message: Message) -> list[Message]:
    """The whole chain of updates that this message belongs to, newest first."""
    chain = [message]
    while chain[-1].supersedes_id and len(chain) < LONGEST_CHAIN:
        chain.append(Message.objects.get(pk=chain[-1].supersedes_id))
    while len(chain) < LONGEST_CHAIN:
        newer = Message.objects.filter(supersedes=chain[0], released_at__isnull=False).first()
        if newer is None:
            break
        chain.insert(0, newer)
    return chain


def districts_of(message: Message) -> list[District]:
    """The districts a message was sent to; none for the whole town."""
    audience = Audience.objects.filter(message=message, kind=Audience.Kind.DISTRICTS).first()
    return list(District.objects.filter(pk__in=audience.districts)) if audience else []


def is_for_everyone(message: Message) -> bool:
    """Whether anybody may read it: it was sent to the town or to districts."""
    return not Audience.objects.filter(message=message, kind__in=PRIVATE_KINDS).exists()


def me_in(request: HttpRequest, delivery: Delivery) -> Person | None:
    """Who reads: the signed-in member of this household, else the owner of the address."""
    person = person_of(request.user.pk)
    if person and person.household_id == delivery.household_id:
        return person
    return delivery.endpoint.person if delivery.endpoint else None


def delivery_of_mine(message: Message, person: Person | None) -> Delivery | None:
    """A delivery of the message to the person's household, their own device's first."""
    if person is None or not belongs_to(message, person):
        return None
    found = Delivery.objects.filter(message=message, household=person.household_id)
    rows = list(found.select_related("message", "endpoint__person", "household__district"))
    rows.sort(key=lambda row: (row.endpoint is None or row.endpoint.person_id != person.pk, row.pk))
    return rows[0] if rows else None


def belongs_to(message: Message, person: Person | None) -> bool:
    """Whether the message was meant for the person, alone or with their household."""
    if person is None or person.household_id is None:
        return False
    audience = Audience.objects.filter(message=message, kind=Audience.Kind.PERSONS).first()
    if audience:
        return person.pk in audience.persons
    meant = AudienceHousehold.objects.filter(message=message, household=person.household_id)
    return meant.exists()


def members_of(delivery: Delivery, me: Person | None, *, with_family: bool) -> list[Member]:
    """Whom this page can answer for: the reader (or the whole household) first."""
    rows = SafetyAnswer.objects.filter(message=delivery.message_id, household=delivery.household_id)
    newest: dict[int | None, SafetyAnswer] = {}
    for row in rows.order_by("answered_at", "pk"):
        newest[row.person_id] = row
    whole = newest.get(None)

    def answer(person: Person) -> SafetyAnswer | None:
        own = newest.get(person.pk)
        if own and whole:
            return max(own, whole, key=lambda row: row.answered_at)
        return own or whole

    first = Member(me, answer(me), is_me=True) if me else Member(None, whole)
    if not with_family:
        return [first]
    home = Person.objects.filter(household=delivery.household_id, left_on=None)
    others = home.order_by("-is_head", "birth_date", "pk")
    return [first, *(Member(one, answer(one)) for one in others if me is None or one.pk != me.pk)]
