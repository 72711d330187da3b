"""Services of the town hall and the windows that do them."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models

from nenrin.core.tenancy.models import TownModel


class Service(TownModel):
    """What people take a number for. ``owners`` are the sections whose forms are handled here."""

    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=40)
    prefix = models.CharField(max_length=2)
    owners = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    usual_minutes = models.PositiveSmallIntegerField(default=10)
    opens = models.TimeField(default=time(8, 30))
    closes = models.TimeField(default=time(17, 15))
    takes_phones = models.BooleanField(default=True)
    is_open = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["town", "code"], name="counter_service_code"),
            models.UniqueConstraint(fields=["town", "prefix"], name="counter_service_prefix"),
        ]

    def __str__(self) -> str:
        return self.name


class Window(TownModel):
    """A window with a clerk behind it."""

    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["town", "number"], name="counter_window_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}番{f'（{self.name}）' if self.name else ''}"


class Duty(TownModel):
    """This window does this service."""

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="duties")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="duties")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["window", "service"], name="counter_duty_once")
        ]

    def __str__(self) -> str:
        return f"{self.window_id} {self.service_id}"
