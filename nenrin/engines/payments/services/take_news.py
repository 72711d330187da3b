"""A provider's webhook: genuine, once, and with its bookings in one transaction."""

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from ..contract import News, WebhookRefused
from ..merchants import merchant
from ..models import Payment, ProviderEvent
from .settle_payment import settle_payment

READ = "nenrin.engines.payments.tasks.read_payment"


@transaction.atomic
def take_news(*, provider: str, body: bytes, headers: Mapping[str, str]) -> bool:
    """Take a webhook; whether it was new. Raises WebhookRefused.

    The provider is told of success only after the commit, so what breaks before comes again.
    """
    ready = merchant(provider)
    if ready is None:
        raise WebhookRefused("この町はこの事業者を使っていません。")
    news = ready.provider.read_webhook(ready.options, body, headers)
    if news is None:
        return False
    payment = _payment(provider, news.key)
    if payment is None or not _is_first(provider, news):
        return False
    if news.standing:
        settle_payment(payment=payment, standing=news.standing, acting_user=f"provider:{provider}")
    else:
        ask_soon(payment=payment)
    return True


def ask_soon(*, payment: Payment) -> None:
    """Let a worker ask the provider how the payment stands."""
    job = app.configure_task(name=READ, queue="payments", queueing_lock=f"read:{payment.pk}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(town=payment.town_id, payment=str(payment.pk))


def _is_first(provider: str, news: News) -> bool:
    """Whether the event was not taken before; a copy that comes meanwhile waits here."""
    _, is_first = ProviderEvent.objects.get_or_create(
        provider=provider, event=news.event[:120], defaults={"kind": news.kind[:60]}
    )
    return is_first


def _payment(provider: str, key: str) -> Payment | None:
    """The payment of our key; other shops of the same account are none of ours."""
    try:
        found = Payment.objects.filter(pk=UUID(key), provider=provider)
    except ValueError:
        return None
    return found.select_related("request").first()
