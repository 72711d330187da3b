"""What `nenrin doctor` looks at in the river: overdue deliveries, and channels that cannot send."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from pydantic import BaseModel, ValidationError

from nenrin.core.messaging.models import Channel, Delivery
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.transports.contract import transports
from nenrin.core.messaging.transports.secrets_from_environment import secret_named
from nenrin.core.operations.doctor.certificates import file_ends_soon
from nenrin.core.operations.doctor.contract import Check, Finding
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope

PATIENCE = timedelta(minutes=2)


def find_overdue_deliveries() -> Iterator[Finding]:
    """Deliveries of messages that still hold, which nobody has taken up for minutes."""
    now = timezone.now()
    for town in Town.objects.filter(is_active=True):
        with town_scope(town.code):
            count = Delivery.objects.filter(
                state=DeliveryState.PLANNED,
                due_at__lt=now - PATIENCE,
                message__expires_at__gt=now,
            ).count()
        if count:
            yield Finding(
                f"{town.name}: 送る時刻を過ぎた送信が {count} 件あります。",
                "係（nenrin worker）が動いているかを見て、記録（ログ）を確かめてください。",
            )


def find_channels_that_cannot_send() -> Iterator[Finding]:
    """Each enabled channel: readable options, secrets that are there, certificates that hold."""
    for town in Town.objects.filter(is_active=True):
        with town_scope(town.code):
            channels = list(Channel.objects.filter(is_enabled=True).order_by("kind"))
        for channel in channels:
            yield from _faults(channel, f"{town.name}の{channel.name}")


def _faults(channel: Channel, name: str) -> Iterator[Finding]:
    if channel.kind not in transports:
        yield Finding(f"{name}: {channel.kind} という送り方はありません。", "止めてください。")
        return
    try:
        options = transports.get(channel.kind).options_model.model_validate(channel.options)
    except ValidationError:
        yield Finding(f"{name}: 設定が読めません。", "送り方の設定を直してください。")
        return
    yield from _missing_secrets(options, name)
    if authority := str(getattr(options, "ca_file", "")):
        yield from file_ends_soon(authority)


def _missing_secrets(options: BaseModel, name: str) -> Iterator[Finding]:
    for field, variable in options.model_dump().items():
        if field.endswith("_env") and variable and not secret_named(variable):
            yield Finding(
                f"{name}: 環境変数 {variable} に秘密の値がありません。",
                "係とWebを動かす環境に入れるか、この送り方を止めてください。",
            )


RIVER_CHECKS = (
    Check("deliveries", "送信の遅れ", find_overdue_deliveries),
    Check("channels", "送り方の設定", find_channels_that_cannot_send),
)
