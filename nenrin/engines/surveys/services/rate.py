"""Keep an answer."""

import hashlib
import hmac

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..models import Rating


class RatingRefused(Exception):
    """The answer cannot be kept; the text says why, in Japanese."""


@transaction.atomic
def rate(*, topic: str, subject: str, respondent: str, face: int, words: str = "") -> Rating:
    """Keep one answer; answering again changes it, so that everyone counts once.

    ``respondent`` names who answers (a delivery, a ticket): only its keyed hash is stored. Raises
    RatingRefused for a face that is none.
    """
    if face not in Rating.Face.values:
        raise RatingRefused("三つの顔から一つ選んでください。")
    key = f"{topic}:{subject}:{respondent}".encode()
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"rating:" + key, hashlib.sha256).hex()
    rating, _ = Rating.objects.update_or_create(
        topic=topic,
        subject=subject,
        respondent=digest,
        defaults={"face": face, "words": words.strip()[:400], "rated_at": timezone.now()},
    )
    return rating
