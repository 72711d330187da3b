"""Jobs of the river: ids in, one service each."""

from datetime import timedelta

from django.db.models.functions import Now
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope

from .models import Delivery, Message
from .prekeys.refill import refill_prekeys
from .sending.deliver import deliver_due
from .services.climb_ladder import CLIMB, DELIVER, defer_delivery, plan_rung
from .states import DeliveryState

OVERDUE = timedelta(seconds=15)
REFILL_SECONDS = 20.0


# A job that fails (the database went away) is run again under its number, with its claims.
AGAIN = RetryStrategy(max_attempts=20, wait=1, linear_wait=1)


@app.task(name=DELIVER, queue="river", retry=AGAIN, pass_context=True)
def deliver(context: JobContext, town: str, message: str, channel: int) -> None:
    """Send what is due on one channel of a message."""
    deliver_due(town=town, message=message, channel=channel, job=context.job.id or 0)


@app.task(name=CLIMB, queue="river", retry=AGAIN)
def climb(town: str, message: str, position: int) -> None:
    """Take a message to its next rung."""
    with town_scope(town):
        row = Message.objects.select_for_update(no_key=True).get(pk=message)
        plan_rung(message=row, position=position)


@app.periodic(cron="* * * * * */20")
@app.task(queue="sweep", queueing_lock="messaging.sweep", pass_context=False)
def sweep_overdue_deliveries(timestamp: int) -> None:
    """Give a new job to deliveries whose worker died; they are past their lease."""
    for town in Town.objects.filter(is_active=True):
        with town_scope(town.code):
            overdue = (
                Delivery.objects.filter(state=DeliveryState.PLANNED, due_at__lt=Now() - OVERDUE)
                .values_list("message_id", "channel_id")
                .distinct()
            )
            for message, channel in overdue:
                defer_delivery(town=town.code, message=str(message), channel=channel)


@app.periodic(cron="* * * * *")
@app.task(queue="refill", queueing_lock="messaging.prekeys", lock="messaging.prekeys", priority=-10)
def make_prekeys(timestamp: int) -> None:
    """Make web push's keys for the next warning; the towns share the time."""
    towns = Town.objects.filter(is_active=True).values_list("code", flat=True)
    for town in towns:
        refill_prekeys(town=town, seconds=REFILL_SECONDS / len(towns))
