"""The evening before: whoever booked hears of it, on a device of their own."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.services.compose_message import Draft
from nenrin.core.messaging.services.tell_person import tell_person
from nenrin.core.messaging.states import Severity
from nenrin.engines.bookings.models import Booking
from nenrin.engines.bookings.selectors import bookings_on

from ..telling import SOURCE


@transaction.atomic
def remind_bookings(*, now: datetime) -> int:
    """Remind of tomorrow's bookings, each once; returns how many messages went out."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    waiting = bookings_on(tomorrow).filter(
        state=Booking.State.BOOKED, reminded_at=None, person__isnull=False
    )
    count = 0
    for booking in waiting.select_for_update(of=("self",), skip_locked=True):
        count += _remind(booking)
        Booking.objects.filter(pk=booking.pk).update(reminded_at=now)
    if count:
        record_act(
            actor="system", action="counter.remind", subject="bookings", detail={"count": count}
        )
    return count


def _remind(booking: Booking) -> bool:
    person = booking.person
    if person is None:
        return False
    start = timezone.localtime(booking.starts_at)
    place = booking.resource.place or "役場"
    draft = Draft(
        source=SOURCE,
        source_reference=str(booking.pk),
        title=f"あす{start:%-H時%M分}の予約のお知らせ",
        body=(
            f"{start:%-m月%-d日 %-H時%M分}、{place}でお待ちしています。"
            "来られないときは、予約のページで変えられます。"
        ),
        severity=Severity.NOTICE,
        expires_at=booking.ends_at,
    )
    return tell_person(person=person, draft=draft, acting_user="counter") is not None
