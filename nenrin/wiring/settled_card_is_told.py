"""The household of a resident whose card was linked hears of it: the holder, or whoever doubts."""

from datetime import timedelta

from django.utils import timezone

from nenrin.core.events.bus import listen
from nenrin.core.messaging.selectors.devices import words_reach_household
from nenrin.core.messaging.services.compose_message import Draft, compose_message
from nenrin.core.messaging.services.release_message import NotReleasable, release_message
from nenrin.core.messaging.states import Severity
from nenrin.core.people.events import CardSettled
from nenrin.core.people.models import Person

HOLDS = timedelta(days=30)
TITLE = "マイナンバーカードでサインインできるようになりました"
BODY = (
    "ご家族のお一人のカードを、町のサインインと結びつけました。"
    "心当たりがないときは、すぐに役場に電話してください。"
)


def tell_household(event: CardSettled) -> None:
    """Send the word down the river; a household without devices reads it when it signs in."""
    person = _person(event.person)
    # Without a device it would go on the paper that goes round the neighbours.
    if person is None or person.household is None or not words_reach_household(person.household):
        return
    draft = Draft(
        source="cards",
        source_reference=f"card:{event.card}",
        title=TITLE,
        body=BODY,
        severity=Severity.NOTICE,
        expires_at=timezone.now() + HOLDS,
    )
    try:
        message = compose_message(draft=draft, households=[person.household.pk])
        release_message(message=message, acting_user="nenrin")
    except NotReleasable:
        return


def _person(pk: int | None) -> Person | None:
    return Person.objects.select_related("household").get(pk=pk) if pk else None


listen(CardSettled, tell_household)
