"""How a draft will look on each channel, made by the channels' own code."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from nenrin.core.messaging.models import Channel
from nenrin.core.messaging.transports.contract import HouseholdLabel
from nenrin.core.messaging.transports.feed.documents import Area, Earlier, cap_alert, default_sender
from nenrin.core.messaging.transports.feed.options import FeedOptions
from nenrin.core.messaging.transports.line.buttons import READ_BUTTONS, SAFETY_BUTTONS
from nenrin.core.messaging.transports.paper.transport import TEMPLATE, round_content
from nenrin.core.messaging.transports.sms.transport import LONGEST_SMS
from nenrin.core.messaging.transports.text import plain_text, short_text, spoken_text
from nenrin.core.printing.compiler import compile_pdf
from nenrin.residents.orders.checks import line_text, speech_seconds
from nenrin.residents.orders.drafts import districts_of, sample_parcel, words_of_draft
from nenrin.residents.orders.models import MessageDraft
from nenrin.residents.orders.selectors import newest_message

SAMPLE_HOME = HouseholdLabel("（見本）", "世帯主の名前", "住所", "地区", "1班")


@dataclass(frozen=True)
class Previews:
    """The words as each channel shows or says them."""

    heading: str
    body: str
    easy_body: str
    line: str
    line_buttons: list[str]
    mail: str
    sms: str
    speech: str
    seconds: int


def previews_of(draft: MessageDraft) -> Previews:
    """Everything that is text."""
    words, parcel = words_of_draft(draft), sample_parcel()
    link = f"{parcel.link.rsplit('/', 1)[0]}/…"
    buttons = SAFETY_BUTTONS if words.asks_safety else READ_BUTTONS
    return Previews(
        heading=words.heading,
        body=words.body,
        easy_body=words.easy_body,
        line=line_text(words, link),
        line_buttons=[label for _, label in buttons],
        mail=plain_text(words, link),
        sms=short_text(words, link, LONGEST_SMS),
        speech=spoken_text(words),
        seconds=speech_seconds(words),
    )


def paper_pdf(draft: MessageDraft) -> bytes:
    """One round's paper with a made-up home in its list."""
    words = words_of_draft(draft)
    content: dict[str, Any] = round_content(words, SAMPLE_HOME.district, [SAMPLE_HOME])
    return compile_pdf(Path(TEMPLATE), content, created_at=datetime.now(UTC))


def cap_document(draft: MessageDraft) -> bytes:
    """The CAP 1.2 alert as it would be published now."""
    words = words_of_draft(draft)
    channel = Channel.objects.filter(kind="feed").first()
    options = FeedOptions.model_validate(channel.options if channel else {})
    before = newest_message(draft.event) if draft.event else None
    earlier = None
    if before:
        sent = (before.released_at or timezone.now()).isoformat(timespec="seconds")
        sender = options.sender or default_sender(words.town_code)
        earlier = Earlier(sender, str(before.pk), sent)
    polygons = (tuple(options.polygon),) if options.polygon else ()
    area = Area(options.area_name or words.town_name, polygons)
    return cap_alert(words, sender=options.sender, area=area, earlier=earlier)


def audience_words(draft: MessageDraft) -> str:
    """町内全域, or the districts' names."""
    if draft.is_whole_town:
        return "町内全域"
    return "・".join(district.name for district in districts_of(draft)) or "まだ選んでいません"
