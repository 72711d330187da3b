"""A web push key taken from the table, as a claim takes it, beside one made in that moment."""

from datetime import timedelta
from statistics import median

from django.utils import timezone

from bench.figure import Figure, Skipped, clocked, median_seconds, timed
from bench.town.served import CODE, town
from nenrin.core.messaging.models import Delivery, Endpoint
from nenrin.core.messaging.prekeys.refill import KEYS_EACH, refill_prekeys
from nenrin.core.messaging.prekeys.take import take_prekeys
from nenrin.core.messaging.services.compose_message import Draft, compose_message
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import DeliveryState, Severity
from nenrin.core.messaging.transports.webpush.encryption import make_sealing_key
from nenrin.core.tenancy.scope import town_scope

SAMPLE = 500


def measure() -> list[Figure]:
    """Microseconds a key: database and all, for every subscription of a town in one claim."""
    town()
    with town_scope(CODE):
        Delivery.objects.update(state=DeliveryState.SENT)
        keys = dict(Endpoint.objects.filter(kind="webpush").values_list("pk", "keys")[:SAMPLE])
    fresh = median_seconds(
        lambda: [make_sealing_key(one["p256dh"], one["auth"]) for one in keys.values()]
    )
    made: list[int] = []
    refilling = clocked(lambda: made.append(refill_prekeys(town=CODE, seconds=120)))
    deliveries = _plan()
    taken = median(timed(lambda: _take(deliveries)) for _ in range(KEYS_EACH))
    return [
        Figure(
            "prekeys_take",
            taken / len(deliveries) * 1e6,
            "µs/key",
            {"made at once": fresh / len(keys) * 1e6},
        ),
        Figure("prekeys_refill", made[0] / refilling.wall, "keys/s"),
    ]


def _take(deliveries: dict[int, int]) -> None:
    with town_scope(CODE):
        taken = take_prekeys(deliveries)
    if len(taken) < len(deliveries):
        raise Skipped("鍵が足りません")


def _plan() -> dict[int, int]:
    with town_scope(CODE):
        message = compose_message(
            draft=Draft(
                source="bench",
                title="避難指示",
                body="川があふれそうです。",
                severity=Severity.LEVEL_4,
                is_drill=True,
                expires_at=timezone.now() + timedelta(hours=1),
            )
        )
        release_message(message=message, acting_user="bench")
        planned = Delivery.objects.filter(message=message, channel__kind="webpush")
        return dict(planned.order_by("pk").values_list("pk", "endpoint_id"))
