"""A plan as data: measures, their steps by year, goals, and figures entered by hand."""

from django.db import models
from django.db.models import Q

from nenrin.core.organization.fiscal_years import reiwa
from nenrin.core.tenancy.models import TownModel


class Measure(TownModel):
    """One measure (施策) of a plan."""

    code = models.CharField(max_length=10)
    name = models.CharField(max_length=80)
    purpose = models.TextField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["town", "code"], name="measures_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Step(TownModel):
    """What a measure does in one fiscal year, and how far that is."""

    class State(models.TextChoices):
        PLANNED = "planned", "これから"
        DOING = "doing", "進めています"
        DONE = "done", "できました"

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="steps")
    fiscal_year = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)

    class Meta:
        ordering = ["fiscal_year", "id"]

    def __str__(self) -> str:
        return self.words

    @property
    def year_label(self) -> str:
        """The fiscal year as the plan writes it."""
        return reiwa(self.fiscal_year)


class Goal(TownModel):
    """A goal as the plan states it. Without ``gauge`` its figures are entered by hand."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="goals")
    key = models.SlugField()
    name = models.CharField(max_length=80)
    target = models.FloatField(null=True)
    target_words = models.CharField(max_length=40)
    unit = models.CharField(max_length=10)
    due_fiscal_year = models.PositiveSmallIntegerField(null=True)
    gauge = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["measure", "id"]
        constraints = [
            models.UniqueConstraint(fields=["town", "key"], name="measures_goal_key"),
            models.CheckConstraint(
                condition=Q(target=None) | Q(target__gt=0), name="measures_goal_target"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def due_label(self) -> str:
        """The due fiscal year as the plan writes it."""
        return reiwa(self.due_fiscal_year) if self.due_fiscal_year else ""


class HandFigure(TownModel):
    """A figure someone entered, with its source; the newest of a fiscal year counts."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="hand_figures")
    fiscal_year = models.PositiveSmallIntegerField()
    value = models.FloatField()
    source = models.CharField(max_length=200)
    entered_by = models.CharField(max_length=120)
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-entered_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="measures_figure_value")
        ]

    def __str__(self) -> str:
        return f"{self.value:g}"
