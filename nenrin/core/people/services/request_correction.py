"""A resident asks the town to correct the register."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act

from ..models import CorrectionRequest, Person
from ..rules import contains_my_number

MOST_WAITING = 5


class CorrectionRefused(Exception):
    """The request cannot be kept or settled; the text says what to do, in Japanese."""


@transaction.atomic
def request_correction(*, person: Person, words: str, acting_user: str) -> CorrectionRequest:
    """Put a request before the counter. Raises CorrectionRefused."""
    words = words.strip()
    if not words:
        raise CorrectionRefused("どこがちがうかを書いてください。")
    if len(words) > 400:
        raise CorrectionRefused(f"400文字までにしてください（いま {len(words)} 文字）。")
    if contains_my_number(words):
        raise CorrectionRefused("マイナンバーらしい12けたの数字があります。消してください。")
    waiting = CorrectionRequest.objects.filter(person=person, outcome="").count()
    if waiting >= MOST_WAITING:
        raise CorrectionRefused("返事を待っているものがあります。返事のあとに送ってください。")
    made = CorrectionRequest.objects.create(person=person, words=words, asked_at=timezone.now())
    record_act(
        actor=acting_user,
        action="people.request_correction",
        subject=f"person:{person.pk}",
        detail={"request": made.pk},
    )
    return made
