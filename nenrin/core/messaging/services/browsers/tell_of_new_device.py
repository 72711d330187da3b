"""Tell a household that one more device receives its messages, in case it was not theirs."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from nenrin.core.people.models import Household

from ...models import Audience, Message
from ...states import Severity
from ..release_message import release_message

LASTS = timedelta(days=7)
TITLE = "新しい端末で、知らせを受けとるようになりました"
BODY = (
    "ご家族の方が登録したときは、このままで大丈夫です。\n\n"
    "心あたりがないときは、役場に知らせてください。すぐに止めます。"
)


@transaction.atomic
def tell_of_new_device(*, household: Household) -> Message:
    """Send it to the household alone, down the river like every message."""
    message = Message.objects.create(
        source="devices",
        title=TITLE,
        body=BODY,
        severity=Severity.NOTICE,
        expires_at=timezone.now() + LASTS,
    )
    Audience.objects.create(
        message=message, kind=Audience.Kind.HOUSEHOLDS, households=[household.pk]
    )
    release_message(message=message, acting_user="system")
    return message
