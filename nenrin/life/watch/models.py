"""Who said 元気です, and what somebody at the town hall should look after."""

from django.db import models
from django.db.models import Q

from nenrin.core.people.models import Household
from nenrin.core.tenancy.models import TownModel


class WatchPlan(TownModel):
    """A household that wants to be missed: no 元気です by this hour becomes a concern."""

    household = models.OneToOneField(Household, on_delete=models.CASCADE, related_name="watch_plan")
    until_hour = models.PositiveSmallIntegerField(default=10, help_text="Asia/Tokyo")
    asked_by = models.CharField(max_length=80, help_text="本人・家族・民生委員など")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_hour__lte=23), name="watch_until_hour")
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.until_hour}時まで"


class CheckIn(TownModel):
    """元気です of one household on one day."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="check_ins")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "day"], name="watch_one_check_in_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.day}"


class Concern(TownModel):
    """Something to look after at a household, until somebody has."""

    class Kind(models.TextChoices):
        CALL = "call", "連絡してほしい"
        MISSED = "missed", "元気ですがありません"
        SILENT = "silent", "タブレットがつながりません"

    class State(models.TextChoices):
        NEW = "new", "新しい"
        TAKEN = "taken", "対応しています"
        CLOSED = "closed", "済みました"

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="concerns")
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    opened_at = models.DateTimeField()
    taken_by = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "kind"],
                condition=~Q(state="closed"),
                name="watch_one_open_concern",
            )
        ]
        indexes = [
            models.Index(fields=["opened_at"], condition=~Q(state="closed"), name="watch_open")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
