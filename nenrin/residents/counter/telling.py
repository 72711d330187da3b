"""What somebody hears from the counter goes down the river, to devices of their own."""

from datetime import datetime, timedelta

from django.utils import timezone

from nenrin.core.messaging.services.compose_message import Draft
from nenrin.core.messaging.services.tell_person import tell_person
from nenrin.core.messaging.states import Severity

from .selectors.queue import in_line

SOURCE = "counter"
NEXT_HOLDS = timedelta(minutes=45)


def tell_who_is_next(*, service_id: int, now: datetime) -> None:
    """Whoever is first in line hears it once, in the transaction of the call before.

    A number that another window is calling is passed over: two that wait for each other's number
    would be a deadlock.
    """
    line = in_line(service=service_id, window=None, day=timezone.localdate(now))
    first = line.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if first is None or first.told_next_at or first.person is None:
        return
    first.told_next_at = now
    first.save(update_fields=["told_next_at"])
    draft = Draft(
        source=SOURCE,
        source_reference=str(first.pk),
        title=f"番号 {first.label}: 次の番です",
        body=f"まもなくお呼びします。{first.service.name}の近くでお待ちください。",
        severity=Severity.NOTICE,
        expires_at=now + NEXT_HOLDS,
    )
    tell_person(person=first.person, draft=draft, acting_user="counter")
