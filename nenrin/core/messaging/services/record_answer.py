"""Keep the answers of households and their persons to a safety question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from nenrin.core.events.bus import announce
from nenrin.core.people.models import Person

from ..events import HelpRequested
from ..models import Delivery, SafetyAnswer

LONGEST_WORDS, LONGEST_PLACE = 400, 120


class AnswerRefused(Exception):
    """The answer cannot be kept; the text says why, in Japanese."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What someone answered through a delivery, and when (aware).

    ``person_id`` says for whom; None is whoever the address belongs to, or the whole household.
    """

    delivery_id: int
    answer: str
    at: datetime
    words: str = ""
    person_id: int | None = None
    place: str = ""
    client_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a page knows beyond the answer: for whom, where they are, when and under which name.

    ``at`` (aware) is the moment of an answer that waited for the network.
    """

    person_id: int | None = None
    place: str = ""
    client_id: UUID | None = None
    at: datetime | None = None


@transaction.atomic
def record_answer(
    *, delivery: Delivery, answer: str, words: str = "", given: Given | None = None
) -> None:
    """Record 無事 or 助けが必要 for the household of a delivery. Raises AnswerRefused."""
    check_answer(answer)
    given = given or Given()
    if given.person_id and not _lives_there(given.person_id, delivery):
        raise AnswerRefused("この世帯の方を選んでください。")
    reply = Reply(
        delivery.pk,
        answer,
        _moment(delivery, given.at),
        words[:LONGEST_WORDS],
        given.person_id,
        given.place[:LONGEST_PLACE],
        given.client_id,
    )
    if record_answers(replies=[reply]):
        raise AnswerRefused("この知らせは安否をたずねていません。")


def check_answer(answer: str) -> None:
    """Raises AnswerRefused for words that are no answer."""
    if answer not in SafetyAnswer.Answer.values:
        raise AnswerRefused("「無事です」か「助けが必要です」を選んでください。")


def _lives_there(person_id: int, delivery: Delivery) -> bool:
    home = delivery.household_id
    return (
        home is not None
        and Person.objects.filter(pk=person_id, household=home, left_on=None).exists()
    )


def _moment(delivery: Delivery, at: datetime | None) -> datetime:
    """A device's clock may be wrong: never before the question, never after now."""
    now = timezone.now()
    return now if at is None else min(max(at, delivery.message.released_at or now), now)


@transaction.atomic
def record_answers(*, replies: Sequence[Reply]) -> set[int]:
    """Record many answers at once; the newest of a person counts, the same again is kept once.

    Returns the deliveries whose message asks for no answer.
    """
    deliveries = Delivery.objects.select_related("message", "endpoint").in_bulk(
        sorted({reply.delivery_id for reply in replies})
    )
    last = _last_answers(list(deliveries.values()))
    kept = _kept_already(replies)
    made, refused = [], set()
    for reply in replies:
        delivery = deliveries.get(reply.delivery_id)
        if delivery is None or not (delivery.household_id and delivery.message.asks_safety):
            refused.add(reply.delivery_id)
            continue
        answer = _answer(delivery, reply)
        who, said = _who(answer), _said(answer)
        if reply.client_id in kept or last.get(who) == said:
            continue
        last[who] = said
        made.append(answer)
    # Two copies of one waiting answer may come at once: the database keeps the first.
    SafetyAnswer.objects.bulk_create(made, ignore_conflicts=True)
    for answer in made:
        if answer.answer == SafetyAnswer.Answer.HELP:
            announce(HelpRequested(message=str(answer.message_id), household=answer.household_id))
    return refused


Who = tuple[object, int, int | None]
Said = tuple[str, str, str]


def _who(answer: SafetyAnswer) -> Who:
    return answer.message_id, answer.household_id, answer.person_id


def _said(answer: SafetyAnswer) -> Said:
    return answer.answer, answer.words, answer.place


def _last_answers(deliveries: list[Delivery]) -> dict[Who, Said]:
    rows = (
        SafetyAnswer.objects.filter(
            message__in={delivery.message_id for delivery in deliveries},
            household__in={delivery.household_id for delivery in deliveries},
        )
        .order_by("message_id", "household_id", "person_id", "-answered_at", "-id")
        .distinct("message_id", "household_id", "person_id")
    )
    return {_who(row): _said(row) for row in rows}


def _kept_already(replies: Sequence[Reply]) -> set[UUID]:
    names = [reply.client_id for reply in replies if reply.client_id]
    if not names:
        return set()
    found = SafetyAnswer.objects.filter(client_id__in=names)
    return {name for name in found.values_list("client_id", flat=True) if name}


def _answer(delivery: Delivery, reply: Reply) -> SafetyAnswer:
    owner = delivery.endpoint.person_id if delivery.endpoint else None
    return SafetyAnswer(
        message_id=delivery.message_id,
        household_id=delivery.household_id,  # type: ignore[misc]  # a broadcast is refused above
        person_id=reply.person_id or owner,
        answer=reply.answer,
        words=reply.words,
        place=reply.place,
        client_id=reply.client_id,
        answered_at=reply.at,
    )
