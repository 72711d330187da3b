"""Keep a household's answer to a safety question."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.events.bus import announce

from ..events import HelpRequested
from ..models import Delivery, SafetyAnswer


class AnswerRefused(Exception):
    """The answer cannot be kept; the text says why, in Japanese."""


@transaction.atomic
def record_answer(*, delivery: Delivery, answer: str, words: str = "") -> SafetyAnswer:
    """Record 無事 or 助けが必要 for the household of a delivery; the newest answer counts.

    The same answer again is kept once. Raises AnswerRefused.
    """
    if answer not in SafetyAnswer.Answer.values:
        raise AnswerRefused("「無事です」か「助けが必要です」を選んでください。")
    if delivery.household_id is None or not delivery.message.asks_safety:
        raise AnswerRefused("この知らせは安否をたずねていません。")
    known = SafetyAnswer.objects.filter(
        message_id=delivery.message_id, household_id=delivery.household_id
    )
    last = known.order_by("-answered_at", "-id").first()
    if last and last.answer == answer and last.words == words:
        return last
    made = SafetyAnswer.objects.create(
        message_id=delivery.message_id,
        household_id=delivery.household_id,
        person_id=delivery.endpoint.person_id if delivery.endpoint else None,
        answer=answer,
        words=words[:400],
        answered_at=timezone.now(),
    )
    if answer == SafetyAnswer.Answer.HELP:
        announce(HelpRequested(message=str(delivery.message_id), household=delivery.household_id))
    return made
