"""Make a message with its audience; it does not go out before `release_message`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from ..models import Audience, Message
from ..states import Severity


@dataclass(frozen=True)
class Draft:
    """The words of a message and how urgent they are. ``expires_at`` is aware."""

    source: str
    title: str
    body: str
    severity: Severity
    expires_at: datetime
    easy_body: str = ""
    reading: str = ""
    source_reference: str = ""
    topic: str = ""
    asks_safety: bool = False
    is_drill: bool = False
    hurry: int = 1
    translations: dict[str, dict[str, str]] = field(default_factory=dict)


@transaction.atomic
def compose_message(
    *, draft: Draft, districts: Sequence[int] = (), supersedes: Message | None = None
) -> Message:
    """Store a draft for the whole town, or for the districts given; returns the message."""
    message = Message.objects.create(supersedes=supersedes, **vars(draft))
    Audience.objects.create(
        message=message,
        kind=Audience.Kind.DISTRICTS if districts else Audience.Kind.ALL,
        districts=list(districts),
    )
    return message
