"""A draft as other code needs it: its words, its facts, its seal."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from nenrin.core.areas.models import District
from nenrin.core.messaging.services.compose_message import Draft
from nenrin.core.messaging.states import Severity
from nenrin.core.messaging.transports.contract import Parcel, Words
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import current_town_code
from nenrin.core.tenancy.selectors import town_address

from .levels import ENDINGS
from .models import MessageDraft
from .rules import DraftFacts
from .words import Proposal

DRILL_HURRY = 12
TOKEN_LENGTH = 64
"""A delivery's token is never longer; checks must not be too kind."""

WORDS = ("title", "body", "easy_body", "reading", "english_title", "english_body")
AIM = (
    "kind", "level", "hazard", "severity", "is_whole_town", "districts", "asks_safety", "is_drill",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aim:
    """What a draft is and whom it is for; ``expires_at`` is aware, or None while unknown."""

    kind: str
    hazard: str
    level: int | None = None
    is_whole_town: bool = False
    districts: tuple[int, ...] = ()
    expires_at: datetime | None = None
    asks_safety: bool = False
    is_drill: bool = False


def facts_of(draft: MessageDraft) -> DraftFacts:
    """What the rules look at."""
    return DraftFacts(
        kind=draft.kind,
        title=draft.title,
        body=draft.body,
        is_whole_town=draft.is_whole_town,
        districts=tuple(draft.districts),
        expires_at=draft.expires_at,
    )


def seal_of(draft: MessageDraft) -> str:
    """Changes with anything that people would see: a consent is given to one seal."""
    content = {name: getattr(draft, name) for name in (*AIM, *WORDS)}
    content["expires_at"] = draft.expires_at.isoformat() if draft.expires_at else ""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def proposal_in(draft: MessageDraft) -> Proposal:
    """The words as they stand, to compare with a template's."""
    return Proposal(**{name: getattr(draft, name) for name in WORDS})


def districts_of(draft: MessageDraft) -> list[District]:
    """The districts it is for; all of them for the whole town."""
    found = District.objects.all()
    return list(found if draft.is_whole_town else found.filter(pk__in=draft.districts))


def words_of_draft(draft: MessageDraft) -> Words:
    """The draft as every transport would get it, now."""
    town = Town.objects.get(pk=current_town_code())
    title = draft.title or "（題名がまだありません）"
    return Words(
        message_id=str(draft.pk),
        town_code=town.code,
        town_name=town.name,
        heading=f"【訓練】{title}" if draft.is_drill else title,
        body=draft.body,
        easy_body=draft.easy_body,
        reading=draft.reading or f"{title}。{draft.body}",
        severity=draft.severity,
        is_drill=draft.is_drill,
        asks_safety=draft.asks_safety,
        released_at=timezone.now(),
        expires_at=draft.expires_at or timezone.now(),
    )


def sample_parcel() -> Parcel:
    """A parcel with links as long as the real ones, for measuring; it goes nowhere."""
    base = town_address(Town.objects.get(pk=current_town_code()))
    token = "x" * TOKEN_LENGTH
    return Parcel(0, "", {}, f"{base}/m/{token}", f"{base}/r/{token}")


def river_draft(draft: MessageDraft) -> Draft:
    """The draft in the river's terms."""
    if draft.expires_at is None:
        raise ValueError("a draft without an end is not released")
    return Draft(
        source="orders",
        source_reference=f"draft:{draft.pk}",
        title=draft.title,
        body=draft.body,
        severity=Severity(draft.severity),
        expires_at=draft.expires_at,
        easy_body=draft.easy_body,
        reading=draft.reading,
        asks_safety=draft.asks_safety,
        is_drill=draft.is_drill,
        hurry=DRILL_HURRY if draft.is_drill else 1,
        ends_earlier=ends_everything(draft),
        translations=_translations(draft),
    )


def ends_everything(draft: MessageDraft) -> bool:
    """Whether no order of the event stands any more once this is out."""
    if draft.kind not in ENDINGS or draft.event is None:
        return False
    ended = [district.pk for district in districts_of(draft)]
    return not draft.event.orders.filter(lifted_at=None).exclude(district__in=ended).exists()


def _translations(draft: MessageDraft) -> dict[str, dict[str, str]]:
    if not draft.english_body:
        return {}
    return {"en": {"title": draft.english_title or draft.title, "body": draft.english_body}}
