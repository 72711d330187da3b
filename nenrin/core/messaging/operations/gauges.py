"""Gauges of the river, per town."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from nenrin.core.messaging.models import Delivery, Message
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.operations.metrics import Gauge, Sample
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope

WINDOW = timedelta(days=1)


def _in_each_town(read: Callable[[], Iterable[Sample]]) -> Iterator[Sample]:
    for town in Town.objects.filter(is_active=True):
        with town_scope(town.code):
            for sample in read():
                yield Sample(sample.value, {"town": town.code} | sample.labels)


def _newest() -> list[UUID]:
    since = timezone.now() - WINDOW
    return list(Message.objects.filter(released_at__gte=since).values_list("pk", flat=True))


def _deliveries() -> Iterator[Sample]:
    found = Delivery.objects.filter(message__in=_newest()).values_list("channel__kind", "state")
    for kind, state, count in found.annotate(count=Count("pk")).order_by():
        yield Sample(count, {"kind": kind, "state": DeliveryState(state).name.lower()})


def _waiting() -> Iterator[Sample]:
    planned = Delivery.objects.filter(state=DeliveryState.PLANNED, message__in=_newest())
    now = timezone.now()
    yield Sample(planned.filter(due_at__gt=now).count(), {"is": "not_due"})
    yield Sample(planned.filter(due_at__lte=now).count(), {"is": "due"})


RIVER_GAUGES = (
    Gauge(
        "deliveries",
        "deliveries of messages released in the last day",
        lambda: _in_each_town(_deliveries),
    ),
    Gauge(
        "deliveries_waiting", "planned deliveries of the last day", lambda: _in_each_town(_waiting)
    ),
)
