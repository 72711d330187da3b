"""Telegrams as they came, what is in force in each town, and what was done about it."""

from django.db import models

from nenrin.core.messaging.models import Message
from nenrin.core.messaging.states import Severity
from nenrin.core.tenancy.models import TownModel


class Telegram(models.Model):
    """A telegram, raw and once. Global: 気象庁 sends it to everyone."""

    sha256 = models.CharField(max_length=64)
    drill = models.UUIDField(null=True, help_text="made for this drill; never real")
    raw = models.BinaryField()
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=4)
    info_type = models.CharField(max_length=4)
    event_id = models.CharField(max_length=64, blank=True)
    serial = models.CharField(max_length=10, blank=True)
    editorial_office = models.CharField(max_length=80)
    report_datetime = models.DateTimeField()
    headline = models.TextField(blank=True)
    feed_id = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["-report_datetime", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "drill"], nulls_distinct=False, name="alerts_telegram_once"
            )
        ]
        indexes = [models.Index(fields=["feed_id"], name="alerts_telegram_feed")]

    def __str__(self) -> str:
        return f"{self.title} {self.report_datetime:%Y-%m-%d %H:%M}"


class Drill(TownModel):
    """A rehearsal: its telegram, its state of the town and its messages stand apart."""

    id = models.UUIDField(primary_key=True)
    started_at = models.DateTimeField(auto_now_add=True)
    started_by = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"訓練 {self.started_at:%Y-%m-%d %H:%M}"


class TelegramReading(TownModel):
    """What a town made of a telegram, and why nothing was sent where nothing was."""

    telegram = models.ForeignKey(Telegram, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=200)
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "telegram"], name="alerts_read_once")
        ]

    def __str__(self) -> str:
        return self.outcome


class SourceState(TownModel):
    """The newest telegram of one source (VPWW55, one river, one earthquake) that was folded in."""

    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, null=True)
    source = models.CharField(max_length=80)
    telegram = models.ForeignKey(Telegram, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "drill", "source"], nulls_distinct=False, name="alerts_source_once"
            )
        ]

    def __str__(self) -> str:
        return self.source


class HazardState(TownModel):
    """One hazard of one source in the town. ``strength`` 0: not in force any more."""

    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, null=True)
    source = models.CharField(max_length=80)
    hazard = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    strength = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(null=True)
    since = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    telegram = models.ForeignKey(Telegram, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "drill", "source", "hazard"],
                nulls_distinct=False,
                name="alerts_hazard_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AlertRule(TownModel):
    """What the town does from this strength of a hazard upwards."""

    class Action(models.TextChoices):
        IGNORE = "ignore", "何もしない"
        INFORM = "inform", "お知らせとして流す"
        DRAFT = "draft", "下書きを職員に渡す"
        SEND = "send", "すぐに送る"

    hazard = models.CharField(max_length=20)
    min_strength = models.PositiveSmallIntegerField()
    action = models.CharField(max_length=8, choices=Action)
    severity = models.SmallIntegerField(choices=Severity)
    asks_safety = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "hazard", "min_strength"], name="alerts_rule_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hazard} {self.min_strength}: {self.action}"


class AlertChange(TownModel):
    """A change of the town's state, what the rule said, and the message made of it."""

    class Kind(models.TextChoices):
        RAISED = "raised", "発表・引上げ"
        LOWERED = "lowered", "引下げ"
        LIFTED = "lifted", "解除"
        CORRECTED = "corrected", "訂正"
        CANCELLED = "cancelled", "取消"

    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, null=True)
    telegram = models.ForeignKey(Telegram, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=80)
    hazard = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80)
    strength_before = models.PositiveSmallIntegerField()
    strength_after = models.PositiveSmallIntegerField()
    action = models.CharField(max_length=8, choices=AlertRule.Action)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"


class FeedState(models.Model):
    """How far we are with one of 気象庁's feeds. Global, like the telegrams it names."""

    url = models.CharField(max_length=300, unique=True)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True, help_text="last answered, changed or not")
    changed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True, help_text="of the last poll, if any")
    waiting = models.JSONField(default=dict, help_text="entries named, not stored (feeds.waiting)")
    claimed_until = models.DateTimeField(null=True, help_text="a worker is at it until then")

    def __str__(self) -> str:
        return self.url
