"""Requests for help with a device, and the visits that answered them."""

from django.db import models

from nenrin.core.areas.models import District
from nenrin.core.people.models import Person
from nenrin.core.tenancy.models import TownModel


class Trouble(models.TextChoices):
    """Where the trouble lies."""

    TABLET = "tablet", "町のタブレット"
    PHONE = "phone", "スマホの使い方"
    RECEIVE = "receive", "知らせが届かない"
    SIGN_IN = "sign_in", "サインインできない"
    LINE = "line", "LINE"
    PROCEDURE = "procedure", "手続きのしかた"
    OTHER = "other", "そのほか"


class SupportRequest(TownModel):
    """Somebody asks for help. ``person`` is known where they had signed in."""

    class State(models.TextChoices):
        NEW = "new", "新しい"
        PLANNED = "planned", "日が決まりました"
        CLOSED = "closed", "済みました"

    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=80)
    telephone = models.CharField(max_length=20)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    trouble = models.CharField(max_length=10, choices=Trouble)
    words = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    asked_at = models.DateTimeField()
    visit_at = models.DateTimeField(null=True)
    visitor = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return self.get_trouble_display()


class SupportVisit(TownModel):
    """One visit: how long it took, where the trouble lay, and whether it is solved."""

    class Result(models.TextChoices):
        SOLVED = "solved", "解決した"
        PARTLY = "partly", "一部だけ"
        AGAIN = "again", "もう一度行く"

    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="visits")
    visited_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    trouble = models.CharField(max_length=10, choices=Trouble)
    result = models.CharField(max_length=8, choices=Result)
    note = models.CharField(max_length=400, blank=True)
    visited_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["visited_at"]

    def __str__(self) -> str:
        return self.get_result_display()
