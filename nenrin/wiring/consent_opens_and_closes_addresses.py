"""Whoever takes back 「町からの知らせを受け取る」 is not written to; whoever gives it again, is."""

from nenrin.core.events.bus import listen
from nenrin.core.messaging.services.endpoints.follow_consent import follow_consent
from nenrin.core.people.events import ConsentGiven, ConsentWithdrawn
from nenrin.core.people.models import Consent


def open_addresses(event: ConsentGiven) -> None:
    """A consent to messages opens the person's addresses."""
    if event.purpose == Consent.Purpose.MESSAGES:
        follow_consent(person=event.person, is_given=True)


def close_addresses(event: ConsentWithdrawn) -> None:
    """Taking it back closes them."""
    if event.purpose == Consent.Purpose.MESSAGES:
        follow_consent(person=event.person, is_given=False)


listen(ConsentGiven, open_addresses)
listen(ConsentWithdrawn, close_addresses)
