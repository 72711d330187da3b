"""Calls for help as cases: who asked, who goes, and how it ended."""

from django.db import models
from django.db.models import Q

from nenrin.core.messaging.models import Message
from nenrin.core.people.models import Household
from nenrin.core.tenancy.models import TownModel


class CaseState(models.TextChoices):
    """新しい → 向かっている → 済み; a case may come back from 向かっている."""

    NEW = "new", "新しい"
    GOING = "going", "向かっている"
    DONE = "done", "済み"


class HelpCase(TownModel):
    """A household that answered 助けが必要 to a message; one open case at a time."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=5, choices=CaseState, default=CaseState.NEW)
    responder = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "household"],
                condition=~Q(state=CaseState.DONE),
                name="safety_one_open_case",
            )
        ]
        indexes = [models.Index(fields=["message", "state"], name="safety_case_state")]

    def __str__(self) -> str:
        return f"助け {self.pk} {self.get_state_display()}"


class CaseStep(TownModel):
    """What happened with a case, in order. Only ever added."""

    case = models.ForeignKey(HelpCase, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=5, choices=CaseState)
    responder = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=400, blank=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.made_by}"
