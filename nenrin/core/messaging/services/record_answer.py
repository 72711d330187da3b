"""Keep households' answers to a safety question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nenrin.core.events.bus import announce

from ..events import HelpRequested
from ..models import Delivery, SafetyAnswer


class AnswerRefused(Exception):
    """The answer cannot be kept; the text says why, in Japanese."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What someone answered through a delivery, and when (aware)."""

    delivery_id: int
    answer: str
    at: datetime
    words: str = ""


@transaction.atomic
def record_answer(*, delivery: Delivery, answer: str, words: str = "") -> None:
    """Record 無事 or 助けが必要 for the household of a delivery. Raises AnswerRefused."""
    check_answer(answer)
    reply = Reply(delivery.pk, answer, timezone.now(), words[:400])
    if record_answers(replies=[reply]):
        raise AnswerRefused("この知らせは安否をたずねていません。")


def check_answer(answer: str) -> None:
    """Raises AnswerRefused for words that are no answer."""
    if answer not in SafetyAnswer.Answer.values:
        raise AnswerRefused("「無事です」か「助けが必要です」を選んでください。")


@transaction.atomic
def record_answers(*, replies: Sequence[Reply]) -> set[int]:
    """Record many answers at once; the newest of a household counts, the same again is kept once.

    Returns the deliveries whose message asks for no answer.
    """
    deliveries = Delivery.objects.select_related("message", "endpoint").in_bulk(
        sorted({reply.delivery_id for reply in replies})
    )
    last = _last_answers(list(deliveries.values()))
    made, refused = [], set()
    for reply in replies:
        delivery = deliveries.get(reply.delivery_id)
        if delivery is None or not (delivery.household_id and delivery.message.asks_safety):
            refused.add(reply.delivery_id)
            continue
        home = (delivery.message_id, delivery.household_id)
        if last.get(home) == (reply.answer, reply.words):
            continue
        last[home] = (reply.answer, reply.words)
        made.append(_answer(delivery, reply))
    SafetyAnswer.objects.bulk_create(made)
    for answer in made:
        if answer.answer == SafetyAnswer.Answer.HELP:
            announce(HelpRequested(message=str(answer.message_id), household=answer.household_id))
    return refused


def _last_answers(deliveries: list[Delivery]) -> dict[tuple[object, int], tuple[str, str]]:
    rows = (
        SafetyAnswer.objects.filter(
            message__in={delivery.message_id for delivery in deliveries},
            household__in={delivery.household_id for delivery in deliveries},
        )
        .order_by("message_id", "household_id", "-answered_at", "-id")
        .distinct("message_id", "household_id")
        .values_list("message_id", "household_id", "answer", "words")
    )
    return {(message, household): (answer, words) for message, household, answer, words in rows}


def _answer(delivery: Delivery, reply: Reply) -> SafetyAnswer:
    return SafetyAnswer(
        message_id=delivery.message_id,
        household_id=delivery.household_id,  # type: ignore[misc]  # a broadcast is refused above
        person_id=delivery.endpoint.person_id if delivery.endpoint else None,
        answer=reply.answer,
        words=reply.words,
        answered_at=reply.at,
    )
