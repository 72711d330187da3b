"""Send a word to one device, so that its owner sees whether it arrives."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.models import (
    Audience,
    AudienceHousehold,
    Channel,
    Delivery,
    Endpoint,
    Message,
)
from nenrin.core.messaging.services.climb_ladder import defer_delivery
from nenrin.core.messaging.states import DeliveryState, Severity

SOURCE = "test"
AGAIN_AFTER = timedelta(minutes=1)
HOLDS = timedelta(hours=1)


class TestRefused(Exception):
    """No test can be sent; the text says what to do, in Japanese."""

    __test__ = False


@transaction.atomic
def send_test(*, endpoint: Endpoint, acting_user: str) -> Message:
    """Send a 訓練 message to this endpoint alone, once a minute. Raises TestRefused."""
    channel = Channel.objects.filter(kind=endpoint.kind, is_enabled=True).first()
    if channel is None or endpoint.retired_at:
        raise TestRefused("この送り方は、いま使えません。役場にたずねてください。")
    now = timezone.now()
    endpoint = Endpoint.objects.select_for_update(no_key=True).get(pk=endpoint.pk)
    just_sent = Delivery.objects.filter(
        endpoint=endpoint, message__source=SOURCE, planned_at__gt=now - AGAIN_AFTER
    )
    if just_sent.exists():
        raise TestRefused("いま送ったところです。1分待って、もう一度押してください。")
    message = _message()
    AudienceHousehold.objects.create(
        message=message, household=endpoint.household, district=endpoint.household.district
    )
    Delivery.objects.create(
        message=message,
        channel=channel,
        household=endpoint.household,
        endpoint=endpoint,
        state=DeliveryState.PLANNED,
        due_at=now,
        planned_at=now,
    )
    defer_delivery(town=str(message.town_id), message=str(message.pk), channel=channel.pk)
    record_act(actor=acting_user, action="messaging.send_test", subject=f"endpoint:{endpoint.pk}")
    return message


def _message() -> Message:
    now = timezone.now()
    message = Message.objects.create(
        source=SOURCE,
        title="届くかどうかの確認です",
        body="町からの知らせが、この端末に届いています。何もしなくてかまいません。",
        reading="まちからの しらせが、この たんまつに とどいています。",
        severity=Severity.NOTICE,
        is_drill=True,
        released_at=now,
        expires_at=now + HOLDS,
    )
    Audience.objects.create(message=message, kind=Audience.Kind.HOUSEHOLDS, resolved_at=now)
    return message
