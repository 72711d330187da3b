"""LINE's webhook: presses of buttons become receipts and answers of the presser's deliveries."""

from asgiref.sync import sync_to_async

from nenrin.core.messaging.models import Channel, Delivery, Endpoint, SafetyAnswer
from nenrin.core.messaging.services.endpoints.retire_endpoints import retire_endpoints
from nenrin.core.messaging.services.record_answer import Reply
from nenrin.core.messaging.services.record_receipts import Report
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.transports.line.options import LineOptions
from nenrin.core.messaging.transports.line.webhook import (
    LineNews,
    Press,
    WebhookRefused,
    read_webhook,
)
from nenrin.core.messaging.transports.secrets_from_environment import secret_named
from nenrin.core.tenancy.scope import town_scope

from .receipts import ReceiptWriter

Found = tuple[list[Report], list[Reply]]


async def take_line_news(
    town: str, body: bytes, signature: str, writer: ReceiptWriter
) -> tuple[int, str]:
    """Record what LINE tells; returns the status and words of the answer.

    200 is given only after everything is committed: LINE sends again otherwise.
    """
    try:
        reports, replies = await sync_to_async(_take, thread_sensitive=False)(town, body, signature)
    except WebhookRefused as error:
        return 400, str(error)
    if reports:
        await writer.report(town, reports, replies)
    return 200, ""


def _take(town: str, body: bytes, signature: str) -> Found:
    with town_scope(town):
        news = read_webhook(
            body=body.decode("utf-8", "replace"), signature=signature, secret=_secret()
        )
        for user in news.blocked_by:
            retire_endpoints(kind="line", address=user, reason="友だちをやめました")
        return _found(news)


def _secret() -> str:
    """The channel secret of the town in scope; raises WebhookRefused where there is none."""
    channel = Channel.objects.filter(kind="line", is_enabled=True).first()
    if channel is None:
        raise WebhookRefused("この町はLINEを使っていません。")
    secret = secret_named(LineOptions.model_validate(channel.options).channel_secret_env)
    if not secret:
        raise WebhookRefused("チャネルシークレットが設定されていません。")
    return secret


def _found(news: LineNews) -> Found:
    reports: list[Report] = []
    replies: list[Reply] = []
    for press in news.presses:
        for delivery in _deliveries(press):
            reports.append(Report(delivery, DeliveryState.CONFIRMED, press.at))
            if press.answer in SafetyAnswer.Answer.values:
                replies.append(Reply(delivery, press.answer, press.at))
    return reports, replies


def _deliveries(press: Press) -> list[int]:
    """The presser's deliveries of the message: one for each household they belong to."""
    homes = Endpoint.objects.filter(kind="line", address=press.user_id).values_list(
        "pk", "household_id"
    )
    return list(
        Delivery.objects.filter(
            message=press.message_id,
            endpoint__in=[endpoint for endpoint, _ in homes],
            household__in=[household for _, household in homes],
        ).values_list("pk", flat=True)
    )
