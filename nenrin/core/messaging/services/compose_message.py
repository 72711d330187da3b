"""Make a message with its audience, or make it anew; `release_message` lets it go."""

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
    ends_earlier: bool = False
    translations: dict[str, dict[str, str]] = field(default_factory=dict)


@transaction.atomic
def compose_message(
    *,
    draft: Draft,
    districts: Sequence[int] = (),
    households: Sequence[int] = (),
    supersedes: Message | None = None,
) -> Message:
    """Store a draft for the whole town, or for the districts or households given alone."""
    message = Message.objects.create(supersedes=supersedes, **vars(draft))
    kind = Audience.Kind.DISTRICTS if districts else Audience.Kind.ALL
    Audience.objects.create(
        message=message,
        kind=Audience.Kind.HOUSEHOLDS if households else kind,
        districts=list(districts),
        households=list(households),
    )
    return message


class AlreadyOut(Exception):
    """The message went out; the text says what to do, in Japanese."""


@transaction.atomic
def revise_message(
    *,
    message: Message,
    draft: Draft,
    districts: Sequence[int] = (),
    supersedes: Message | None = None,
) -> Message:
    """Give an unreleased message other words and another audience; who made it stays.

    Raises AlreadyOut for a message that went out: its words do not change any more.
    """
    found = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
    if found.released_at:
        raise AlreadyOut("この知らせはすでに出ています。直すときは新しい知らせで更新してください。")
    kept = ("source", "source_reference")
    for name, value in vars(draft).items():
        if name not in kept:
            setattr(found, name, value)
    found.supersedes = supersedes or found.supersedes
    found.save()
    kind = Audience.Kind.DISTRICTS if districts else Audience.Kind.ALL
    Audience.objects.filter(message=found).update(kind=kind, districts=list(districts))
    return found
