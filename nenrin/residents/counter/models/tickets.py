"""Numbers of a day: taken, called, done."""

import uuid

from django.db import models
from django.db.models import Q

from nenrin.core.people.models import Person
from nenrin.core.tenancy.models import TownModel

from .places import Service, Window
from .preparations import Preparation


class Ticket(TownModel):
    """A number. Its key is the secret of the holder's page; the number itself is everybody's."""

    class State(models.TextChoices):
        WAITING = "waiting", "待っています"
        CALLED = "called", "呼びました"
        DONE = "done", "終わりました"
        ABSENT = "absent", "いませんでした"
        CANCELLED = "cancelled", "やめました"

    class Source(models.TextChoices):
        KIOSK = "kiosk", "発券の画面"
        CLERK = "clerk", "職員"
        PHONE = "phone", "スマホ"
        BOOKING = "booking", "予約"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="tickets")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=8)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    source = models.CharField(max_length=8, choices=Source)
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    last_called_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, related_name="+")
    wanted_window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, related_name="+")
    served_by = models.CharField(max_length=120, blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    preparation = models.ForeignKey(
        Preparation, on_delete=models.SET_NULL, null=True, related_name="tickets"
    )
    told_next_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["taken_at", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "day", "number"], name="counter_number_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["window"], condition=Q(state="called"), name="counter_one_at_a_window"
            ),
        ]
        indexes = [models.Index(fields=["day", "state"], name="counter_queue")]

    def __str__(self) -> str:
        return self.label


class TicketCounter(TownModel):
    """The last number of a service on a day: one row, locked while a number is drawn."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    last = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "day"], name="counter_last_number")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.last}"
