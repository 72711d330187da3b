"""Ratings: anonymous, but each person once for each thing."""

from django.db import models

from nenrin.core.tenancy.models import TownModel


class Rating(TownModel):
    """One answer. ``respondent`` is a keyed hash: it finds a second answer, it names nobody."""

    class Face(models.IntegerChoices):
        BAD = 1, "よくなかった"
        PLAIN = 2, "ふつう"
        GOOD = 3, "よかった"

    topic = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    respondent = models.CharField(max_length=64)
    face = models.SmallIntegerField(choices=Face)
    words = models.CharField(max_length=400, blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "topic", "subject", "respondent"], name="surveys_rated_once"
            )
        ]
        indexes = [models.Index(fields=["topic", "rated_at"], name="surveys_topic")]

    def __str__(self) -> str:
        return self.get_face_display()
