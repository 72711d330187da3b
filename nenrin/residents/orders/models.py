"""What staff are writing, who agreed to it, and the town's own evacuation orders."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from nenrin.core.accounts.models import User
from nenrin.core.areas.models import District
from nenrin.core.messaging.models import Message
from nenrin.core.messaging.states import Severity
from nenrin.core.tenancy.models import TownModel

from .levels import Hazard, Kind, Level


class Event(TownModel):
    """One thing that happens to the town: a chain of messages, each following the one before."""

    name = models.CharField(max_length=120)
    hazard = models.CharField(max_length=12, choices=Hazard)
    is_drill = models.BooleanField(default=False)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return self.name


class MessageDraft(TownModel):
    """Words being written. Frozen while consent is asked; a message of the river once released."""

    class State(models.TextChoices):
        WRITING = "writing", "下書き"
        ASKED = "asked", "同意を待っています"
        RELEASED = "released", "送りました"
        DISCARDED = "discarded", "取りやめました"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.WRITING)
    kind = models.CharField(max_length=10, choices=Kind)
    level = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)
    hazard = models.CharField(max_length=12, choices=Hazard, default=Hazard.OTHER)
    severity = models.SmallIntegerField(choices=Severity, default=Severity.NOTICE)
    is_whole_town = models.BooleanField(default=False)
    districts = ArrayField(models.BigIntegerField(), default=list, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    asks_safety = models.BooleanField(default=False)
    is_drill = models.BooleanField(default=False)
    title = models.CharField(max_length=120, blank=True)
    body = models.TextField(blank=True)
    easy_body = models.TextField(blank=True)
    reading = models.TextField(blank=True)
    english_title = models.CharField(max_length=200, blank=True)
    english_body = models.TextField(blank=True)
    proposal = models.CharField(
        max_length=64, blank=True, help_text="digest of the template's words; equal: not edited"
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="drafts")
    made_by_telegram = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, related_name="+"
    )
    message = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, related_name="written"
    )
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="order") | Q(level__isnull=False), name="orders_order_has_level"
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(message__isnull=False),
                name="orders_released_has_message",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    @property
    def is_open(self) -> bool:
        """Whether it can still be worked on."""
        return self.state in (self.State.WRITING, self.State.ASKED)

    @property
    def label(self) -> str:
        """What it is: 警戒レベル4 避難指示, 解除, 重要な知らせ."""
        if self.kind == Kind.ORDER and self.level:
            return f"警戒レベル{self.level} {Level(self.level).label}"
        return str(Kind(self.kind).label)


class DraftStep(TownModel):
    """Who did what with a draft; rows are only ever added."""

    class Act(models.TextChoices):
        STARTED = "started", "起案"
        ASKED = "asked", "同意を頼みました"
        TAKEN_BACK = "taken_back", "同意の頼みを取り下げました"
        RETURNED = "returned", "差し戻しました"
        CONSENTED = "consented", "同意しました"
        RELEASED = "released", "送りました"
        BROKE_GLASS = "broke_glass", "同意を待たずに一人で送りました"
        REVIEWED = "reviewed", "あとから確かめました"
        DISCARDED = "discarded", "取りやめました"
        TAKEN_OVER = "taken_over", "自動で出た知らせを引き継ぎました"

    draft = models.ForeignKey(MessageDraft, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=12, choices=Act)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    words = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.get_act_display()


class EvacuationOrder(TownModel):
    """The town's order for one district: the one source of what is in force, and its history."""

    class Ending(models.TextChoices):
        CHANGED = "changed", "別の発令に変わりました"
        LIFTED = "lifted", "解除"
        CANCELLED = "cancelled", "取消"

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="orders")
    hazard = models.CharField(max_length=12, choices=Hazard)
    level = models.PositiveSmallIntegerField(choices=Level)
    is_drill = models.BooleanField(default=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    class Meta:
        ordering = ["-level", "district__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "hazard", "is_drill"],
                condition=Q(lifted_at=None),
                name="orders_one_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.district_id}"

    @property
    def label(self) -> str:
        """警戒レベル4 避難指示."""
        return f"警戒レベル{self.level} {Level(self.level).label}"


class ConsentRule(TownModel):
    """The town's own answer to: does this kind need a second person? Without rows, the CSV's."""

    kind = models.CharField(max_length=10, choices=Kind)
    from_severity = models.SmallIntegerField(default=0, help_text="9: never")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "kind"], name="orders_one_consent_rule")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.from_severity}"
