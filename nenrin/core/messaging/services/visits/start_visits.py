"""Begin the visits before the ladder comes to them."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ...models import Message
from ..climb_ladder import plan_visits


class NothingToVisit(Exception):
    """There is nobody to visit; the text says why, in Japanese."""


@transaction.atomic
def start_visits(*, message: Message, acting_user: str) -> int:
    """Give every household not reached to its district's visitor now; returns how many are new.

    Raises NothingToVisit before release, and where nobody is left.
    """
    message = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
    if message.released_at is None:
        raise NothingToVisit("まだ出していない知らせです。")
    planned = plan_visits(message)
    if not planned:
        raise NothingToVisit("新しく訪問する世帯はありません。")
    record_act(
        actor=acting_user,
        action="messaging.start_visits",
        subject=f"message:{message.pk}",
        detail={"households": planned},
    )
    return planned
