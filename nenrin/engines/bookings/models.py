"""What can be booked, when it is offered, and who took which time."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from nenrin.core.people.models import Person
from nenrin.core.tenancy.models import TownModel


class Resource(TownModel):
    """A desk, a room or a hall; ``seats`` is how many bookings it bears at once.

    Times are offered from ``first_day`` days ahead (0 is today) for ``days`` days it is open.
    """

    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=60)
    place = models.CharField(max_length=60, blank=True)
    is_room = models.BooleanField(default=False)
    seats = models.PositiveSmallIntegerField(default=1)
    first_day = models.PositiveSmallIntegerField(default=1)
    days = models.PositiveSmallIntegerField(default=10)
    is_every_day = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "key"]
        constraints = [models.UniqueConstraint(fields=["town", "key"], name="bookings_key")]

    def __str__(self) -> str:
        return self.name


class Opening(TownModel):
    """On this weekday (0 is Monday), times of so many minutes from then to then."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="openings")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6, minutes__gte=5, ends__gt=F("starts")),
                name="bookings_opening_makes_sense",
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts}"


class Closure(TownModel):
    """A day on which it is closed although the pattern says otherwise."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="closures")
    day = models.DateField()
    reason = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "day"], name="bookings_closed_once")
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class Booking(TownModel):
    """A time taken. ``room_for`` points from a room's booking to the one it accompanies.

    The database itself refuses a second booking of the same seat at overlapping times.
    """

    class State(models.TextChoices):
        BOOKED = "booked", "予約ずみ"
        CAME = "came", "来た"
        ABSENT = "absent", "来なかった"
        CANCELLED = "cancelled", "取り消し"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="bookings")
    seat = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.BOOKED)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=200, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    room_for = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="rooms")
    reference = models.CharField(max_length=120, blank=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at", "seat"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "code_hash"],
                condition=~Q(code_hash=""),
                name="bookings_code",
            ),
            models.UniqueConstraint(
                fields=["town", "reference"],
                condition=~Q(reference="") & ~Q(state="cancelled"),
                name="bookings_reference",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="bookings_ends_later"
            ),
            # Whole-number ranges stand for equality, which GiST knows only with an extension.
            ExclusionConstraint(
                name="bookings_never_twice",
                expressions=[
                    (
                        Func(F("resource"), F("resource"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("seat"), F("seat"), Value("[]"), function="int4range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=~Q(state="cancelled"),
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="bookings_when")]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.starts_at:%Y-%m-%d %H:%M}"
