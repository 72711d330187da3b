"""Shelters that are open, what they have, and how many people are there."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from nenrin.core.areas.models import Shelter
from nenrin.core.tenancy.models import TownModel

MOST_PEOPLE = 5000


class Equipment(models.TextChoices):
    """What a shelter has that somebody may need."""

    WHEELCHAIR = "wheelchair", "車いす"
    TOILET = "toilet", "多目的トイレ"
    PETS = "pets", "ペット"
    NURSING = "nursing", "授乳室"
    HEATING = "heating", "暖房"
    POWER = "power", "発電機"
    WATER = "water", "飲み水"
    BEDS = "beds", "段ボールベッド"


class ShelterProfile(TownModel):
    """What the town knows of a shelter between disasters: how many fit in, and what is there."""

    shelter = models.OneToOneField(Shelter, on_delete=models.CASCADE, related_name="profile")
    capacity = models.PositiveIntegerField(null=True, validators=[MaxValueValidator(MOST_PEOPLE)])
    equipment = ArrayField(models.CharField(max_length=12, choices=Equipment), default=list)
    updated_by = models.CharField(max_length=120)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.shelter.name} {self.capacity or '定員未入力'}"


class Opening(TownModel):
    """A shelter is open from here to there. ``people`` is the newest count of its history."""

    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="openings")
    is_drill = models.BooleanField(default=False)
    people = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["shelter", "is_drill"],
                condition=Q(closed_at=None),
                name="shelters_open_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="shelters_closed_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shelter.name} {self.opened_at:%Y-%m-%d %H:%M}"


class HeadCount(TownModel):
    """How many people were there, when, and who counted. Only ever added."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="counts")
    people = models.PositiveIntegerField()
    counted_at = models.DateTimeField()
    counted_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["-counted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__lte=MOST_PEOPLE), name="shelters_count_possible"
            )
        ]

    def __str__(self) -> str:
        return f"{self.people}人"
