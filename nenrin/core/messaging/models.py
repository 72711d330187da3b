"""The river: Message → Audience → Delivery → Transport → receipts → reach (DESIGN §2)."""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value

from nenrin.core.areas.models import District
from nenrin.core.people.models import Household, Person, Visitor
from nenrin.core.tenancy.models import Town, TownModel
from nenrin.core.tenancy.scope import default_town_code

from .prekeys.models import PreKey, SealedPush  # noqa: F401
from .states import DeliveryState, Severity

# Rows that come by the hundred thousand at a release: the database makes them out of the very
# tables they point at, in one statement, and nothing is ever deleted from those. Checking each
# row's references once more took a third of a release's time, an index for each another.
UNCHECKED: dict[str, Any] = {
    "on_delete": models.PROTECT,
    "related_name": "+",
    "db_constraint": False,
    "db_index": False,
}


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
    quiet_from = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="hour in Asia/Tokyo; with quiet_until, news waits"
    )
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True)
    muted_topics = ArrayField(models.CharField(max_length=20), default=list, blank=True)
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
    translations = models.JSONField(
        default=dict,
        db_default=Value({}, models.JSONField()),
        blank=True,
        help_text='by language: {"en": {"title": …, "body": …}}',
    )
    topic = models.CharField(max_length=20, blank=True, help_text="of news; may be muted")
    severity = models.SmallIntegerField(choices=Severity, default=Severity.NOTICE)
    asks_safety = models.BooleanField(default=False)
    is_drill = models.BooleanField(default=False)
    hurry = models.PositiveSmallIntegerField(
        default=1, help_text="a drill divides the ladder's waits by this"
    )
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    ends_earlier = models.BooleanField(
        default=False, db_default=False, help_text="what it supersedes is over, or was a mistake"
    )
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

    town = models.ForeignKey(Town, default=default_town_code, editable=False, **UNCHECKED)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+", db_index=False)
    household = models.ForeignKey(Household, **UNCHECKED)
    district = models.ForeignKey(District, **UNCHECKED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "household"], name="messaging_audience_once")
        ]

    def __str__(self) -> str:
        return str(self.household_id)


class Delivery(TownModel):
    """One message to one endpoint; without an endpoint, a broadcast or paper to the household."""

    town = models.ForeignKey(Town, default=default_town_code, editable=False, **UNCHECKED)
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    channel = models.ForeignKey(Channel, **UNCHECKED)
    household = models.ForeignKey(Household, null=True, **UNCHECKED)
    endpoint = models.ForeignKey(Endpoint, null=True, **UNCHECKED)
    rung = models.PositiveSmallIntegerField(default=0)
    state = models.SmallIntegerField(choices=DeliveryState, default=DeliveryState.PLANNED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(help_text="a claim moves it past the claim's lease")
    claimed_by = models.BigIntegerField(null=True, help_text="the job that has it in hand")
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
                fields=["message", "channel", "id"],
                condition=Q(state=DeliveryState.PLANNED),
                name="messaging_delivery_planned",
            ),
            models.Index(fields=["endpoint", "id"], name="messaging_delivery_endpoint"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} → {self.endpoint_id}"


class Receipt(TownModel):
    """What a device or provider reported, as it came; folded into the delivery beside it."""

    town = models.ForeignKey(Town, default=default_town_code, editable=False, **UNCHECKED)
    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, related_name="receipts", db_index=False
    )
    state = models.SmallIntegerField(choices=DeliveryState)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "state"], name="messaging_receipt_once")
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class SafetyAnswer(TownModel):
    """無事 or 助けが必要, for a household or one of its persons; of each, the newest counts.

    ``client_id`` is the answering page's own name for the answer: one that was given without
    network may be sent more than once and is kept once.
    """

    class Answer(models.TextChoices):
        SAFE = "safe", "無事です"
        HELP = "help", "助けが必要です"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="answers")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=4, choices=Answer)
    place = models.CharField(max_length=120, blank=True, db_default="")
    words = models.CharField(max_length=400, blank=True)
    client_id = models.UUIDField(null=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "client_id"], name="messaging_answer_once")
        ]
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


class HouseholdMark(TownModel):
    """Someone spoke to a household, or tried to. Only ever added; BACK takes a mistake back."""

    class Way(models.TextChoices):
        PHONE = "phone", "電話"
        VISIT = "visit", "訪問"
        OTHER = "other", "ほかの方法"

    class Result(models.TextChoices):
        SAFE = "safe", "無事"
        HELP = "help", "助けが必要"
        ABSENT = "absent", "会えなかった"
        BACK = "back", "取り消し"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="marks")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=5, choices=Way)
    result = models.CharField(max_length=6, choices=Result)
    note = models.CharField(max_length=400, blank=True)
    answer = models.ForeignKey(
        SafetyAnswer, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back_by"
    )
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["message", "household"], name="messaging_mark")]

    def __str__(self) -> str:
        return f"{self.get_way_display()}: {self.get_result_display()}"


class VisitLink(TownModel):
    """A visitor's way to their households of one message, without a sign-in; it can be ended."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, related_name="+")
    issued_by = models.CharField(max_length=120)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_opened_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "visitor"],
                condition=Q(revoked_at=None),
                name="messaging_one_visit_link",
            )
        ]

    def __str__(self) -> str:
        return f"訪問リンク {self.pk}"


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
