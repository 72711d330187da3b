"""The river: Message → Audience → Delivery → Transport → receipts → reach (DESIGN §2)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nenrin.core.areas.models import District
from nenrin.core.people.models import Household, Person, Visitor
from nenrin.core.tenancy.models import TownModel

from .prekeys.models import PreKey, SealedPush  # noqa: F401
from .states import DeliveryState, Severity


class Channel(TownModel):
    """A town's configured sender of one transport kind, for instance its LINE account."""

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    options = models.JSONField(default=dict)
    is_enabled = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "kind"], name="messaging_one_channel")
        ]

    def __str__(self) -> str:
        return self.name


class Endpoint(TownModel):
    """One verified, consented address of a person or of a household's tablet."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="endpoints")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="endpoints"
    )
    kind = models.CharField(max_length=20)
    address = models.CharField(max_length=1000)
    keys = models.JSONField(default=dict, blank=True)
    verified_at = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "kind", "address", "household"],
                condition=Q(retired_at=None),
                name="messaging_endpoint_once",
            )
        ]
        indexes = [models.Index(fields=["household", "kind"], name="messaging_endpoint_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Ladder(TownModel):
    """Which channels a message of this severity uses, and what follows while silent."""

    severity = models.SmallIntegerField(choices=Severity)
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "severity"], name="messaging_one_ladder")
        ]

    def __str__(self) -> str:
        return self.name


class Rung(TownModel):
    """One step of a ladder: these kinds, after this wait since the release."""

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="rungs")
    position = models.PositiveSmallIntegerField()
    wait_seconds = models.PositiveIntegerField()
    kinds = ArrayField(models.CharField(max_length=20), help_text="visit は訪問リスト")

    class Meta:
        ordering = ["ladder", "position"]
        constraints = [
            models.UniqueConstraint(fields=["ladder", "position"], name="messaging_rung_position")
        ]

    def __str__(self) -> str:
        return f"{self.position}: {'・'.join(self.kinds)}"


class Message(TownModel):
    """The town's words. Immutable once released: an update is a new message that supersedes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=40, help_text="alerts, notices …")
    source_reference = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=120)
    body = models.TextField()
    easy_body = models.TextField(blank=True)
    reading = models.TextField(blank=True)
    severity = models.SmallIntegerField(choices=Severity, default=Severity.NOTICE)
    asks_safety = models.BooleanField(default=False)
    is_drill = models.BooleanField(default=False)
    hurry = models.PositiveSmallIntegerField(
        default=1, help_text="a drill divides the ladder's waits by this"
    )
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title


class Audience(TownModel):
    """To whom; resolved once, when the message is released."""

    class Kind(models.TextChoices):
        ALL = "all", "全町"
        DISTRICTS = "districts", "地区"
        HOUSEHOLDS = "households", "世帯"

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="audience")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ALL)
    districts = ArrayField(models.BigIntegerField(), default=list, blank=True)
    households = ArrayField(models.BigIntegerField(), default=list, blank=True)
    resolved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.get_kind_display()


class AudienceHousehold(TownModel):
    """A household that a released message is meant for."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "household"], name="messaging_audience_once")
        ]

    def __str__(self) -> str:
        return str(self.household_id)


class Delivery(TownModel):
    """One message to one endpoint; without an endpoint, a broadcast or paper to the household."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+")
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, null=True, related_name="+")
    rung = models.PositiveSmallIntegerField(default=0)
    state = models.SmallIntegerField(choices=DeliveryState, default=DeliveryState.PLANNED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(help_text="a claim moves it past the claim's lease")
    provider_reference = models.CharField(max_length=200, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    planned_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "channel", "household", "endpoint"],
                nulls_distinct=False,
                name="messaging_delivery_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["message", "channel", "due_at"],
                condition=Q(state=DeliveryState.PLANNED),
                name="messaging_delivery_due",
            ),
            models.Index(fields=["endpoint", "id"], name="messaging_delivery_endpoint"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} → {self.endpoint_id}"


class Receipt(TownModel):
    """What a device or provider reported, as it came; folded into the delivery beside it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="receipts")
    state = models.SmallIntegerField(choices=DeliveryState)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "state"], name="messaging_receipt_once")
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class SafetyAnswer(TownModel):
    """無事 or 助けが必要, for a household or one of its persons; the newest one counts."""

    class Answer(models.TextChoices):
        SAFE = "safe", "無事です"
        HELP = "help", "助けが必要です"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="answers")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=4, choices=Answer)
    words = models.CharField(max_length=400, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["message", "household"], name="messaging_answer")]

    def __str__(self) -> str:
        return self.get_answer_display()


class Visit(TownModel):
    """The last rung: a household that someone goes to see, or was reached by hand."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="visits")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "household"], name="messaging_visit_once"),
            models.CheckConstraint(
                condition=Q(reached_at=None) | Q(reached_at__gte=F("planned_at")),
                name="messaging_visit_order",
            ),
        ]

    def __str__(self) -> str:
        return f"訪問 {self.household_id}"


class HouseholdReach(TownModel):
    """How far a message has come with a household (a database view, migration 0002).

    Reached: a delivery was confirmed, someone answered, or someone went and noted it.
    ``state`` is the furthest delivery's, −1 where none was planned.
    """

    pk = models.CompositePrimaryKey("message", "household")
    message = models.ForeignKey(Message, on_delete=models.DO_NOTHING, related_name="reach")
    household = models.ForeignKey(Household, on_delete=models.DO_NOTHING, related_name="+")
    district = models.ForeignKey(District, on_delete=models.DO_NOTHING, related_name="+")
    planned = models.PositiveIntegerField()
    state = models.SmallIntegerField()
    answered = models.BooleanField()
    needs_help = models.BooleanField()
    visiting = models.BooleanField()
    visited = models.BooleanField()
    reached = models.BooleanField()

    class Meta:
        managed = False
        db_table = "messaging_householdreach"

    def __str__(self) -> str:
        return f"{self.message_id} {self.household_id}"
