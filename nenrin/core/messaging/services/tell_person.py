"""A word for one person alone, where a device can carry it to them."""

from django.db import transaction

from nenrin.core.people.models import Person

from ..models import Message
from ..selectors.devices import words_reach_person
from .compose_message import Draft, compose_message
from .release_message import NotReleasable, release_message


def tell_person(*, person: Person, draft: Draft, acting_user: str) -> Message | None:
    """Send it in the caller's transaction; None where no device of theirs can hear it.

    Nor is it sent where they moved away, or the town has no ladder yet: the caller goes on.
    """
    if not words_reach_person(person):
        return None
    try:
        with transaction.atomic():
            message = compose_message(draft=draft, persons=[person.pk])
            release_message(message=message, acting_user=acting_user)
    except NotReleasable:
        return None
    return message
