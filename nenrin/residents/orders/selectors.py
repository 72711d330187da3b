"""What is in force, what waits, and for whom."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.core.areas.models import District
from nenrin.core.messaging.models import Message

from .access import is_head_over, is_second_person, may_release
from .drafts import facts_of
from .levels import ENDINGS, Kind
from .models import ConsentRule, DraftStep, EvacuationOrder, Event, MessageDraft
from .rules import Fault, faults_of, needs_consent

ENDS_SOON = timedelta(minutes=60)
_CURRENT = Q(closed_at=None) & (
    Exists(EvacuationOrder.objects.filter(event=OuterRef("pk"), lifted_at=None))
    | Exists(MessageDraft.objects.filter(event=OuterRef("pk"), message__expires_at__gt=Now()))
)
LAST_ACTS = (DraftStep.Act.RETURNED, DraftStep.Act.ASKED, DraftStep.Act.TAKEN_BACK)


@dataclass(frozen=True)
class OrderInForce:
    """The strongest order of one district."""

    district: int
    district_code: str
    district_name: str
    level: int
    label: str
    hazard: str
    since: datetime
    message: UUID
    is_drill: bool


def orders_in_force(*, is_drill: bool | None = False) -> list[OrderInForce]:
    """The strongest order of every district that has one, highest level first.

    Drills are left out; ``is_drill=True`` gives only drills, None both (a real one wins).
    """
    rows = EvacuationOrder.objects.filter(lifted_at=None).select_related("district")
    if is_drill is not None:
        rows = rows.filter(is_drill=is_drill)
    strongest: dict[int, EvacuationOrder] = {}
    for row in rows.order_by("is_drill", "-level", "since"):
        strongest.setdefault(row.district_id, row)
    ordered = sorted(strongest.values(), key=lambda row: (-row.level, row.district.code))
    return [_in_force(row) for row in ordered]


def order_for_district(district: int, *, is_drill: bool | None = False) -> OrderInForce | None:
    """The strongest order of one district."""
    return next((o for o in orders_in_force(is_drill=is_drill) if o.district == district), None)


def _in_force(row: EvacuationOrder) -> OrderInForce:
    return OrderInForce(
        district=row.district_id,
        district_code=row.district.code,
        district_name=row.district.name,
        level=row.level,
        label=row.label,
        hazard=row.get_hazard_display(),
        since=row.since,
        message=row.message_id,
        is_drill=row.is_drill,
    )


def orders_changed_at() -> datetime | None:
    """When an order was last given, changed or lifted, drills included."""
    found = EvacuationOrder.objects.aggregate(given=Max("since"), lifted=Max("lifted_at"))
    return max(filter(None, found.values()), default=None)


def standing_orders(event: Event) -> list[EvacuationOrder]:
    """An event's orders that nobody has lifted, by district."""
    return list(event.orders.filter(lifted_at=None).select_related("district"))


def open_event_for(hazard: str, *, is_drill: bool) -> Event | None:
    """The event whose orders for this hazard stand: a new order for it goes on with that chain."""
    order = (
        EvacuationOrder.objects.filter(lifted_at=None, hazard=hazard, is_drill=is_drill)
        .select_related("event")
        .order_by("-since")
        .first()
    )
    return order.event if order else None


def newest_message(event: Event) -> Message | None:
    """The end of an event's chain."""
    written = event.drafts.filter(state=MessageDraft.State.RELEASED).select_related("message")
    last = written.order_by("-message__released_at").first()
    return last.message if last else None


def released_of(event: Event) -> QuerySet[MessageDraft]:
    """An event's messages, newest first, with their steps."""
    return (
        event.drafts.filter(state=MessageDraft.State.RELEASED)
        .select_related("message", "author")
        .prefetch_related("steps__by")
        .order_by("-message__released_at")
    )


def open_drafts(words: str = "") -> QuerySet[MessageDraft]:
    """Drafts still in work, the newest first."""
    open_states = (MessageDraft.State.WRITING, MessageDraft.State.ASKED)
    found = MessageDraft.objects.filter(state__in=open_states).select_related("author")
    return _with_words(found, words).order_by("-saved_at")


def current_events(words: str = "") -> QuerySet[Event]:
    """Open events whose words still hold, or whose orders stand."""
    return _events(words).filter(_CURRENT)


def past_events(words: str = "") -> QuerySet[Event]:
    """Everything else that went out."""
    return _events(words).exclude(pk__in=Event.objects.filter(_CURRENT).values("pk"))


def _events(words: str) -> QuerySet[Event]:
    drafts = MessageDraft.objects.filter(state=MessageDraft.State.RELEASED)
    return Event.objects.filter(pk__in=_with_words(drafts, words).values("event"))


def _with_words(found: QuerySet[MessageDraft], words: str) -> QuerySet[MessageDraft]:
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word) | Q(body__icontains=word) | Q(easy_body__icontains=word)
        )
    return found


def handled_telegram_messages() -> QuerySet[MessageDraft]:
    """Drafts that were taken over from a telegram, whatever became of them."""
    return MessageDraft.objects.filter(made_by_telegram__isnull=False)


def waiting_for_consent(user: User) -> list[MessageDraft]:
    """What this person is asked to agree to."""
    if not may_release(user):
        return []
    asked = MessageDraft.objects.filter(state=MessageDraft.State.ASKED).select_related("author")
    return [draft for draft in asked.order_by("saved_at") if is_second_person(draft, user)]


def returned_to(user: User) -> list[MessageDraft]:
    """Drafts of this person that someone sent back."""
    mine = MessageDraft.objects.filter(state=MessageDraft.State.WRITING, author=user)
    return [d for d in mine if (s := last_step(d)) and s.act == DraftStep.Act.RETURNED]


def last_step(draft: MessageDraft) -> DraftStep | None:
    """The newest turn in asking for consent."""
    return draft.steps.filter(act__in=LAST_ACTS).select_related("by").last()


def unreviewed_releases(user: User) -> list[MessageDraft]:
    """What went out without consent and nobody has looked at since.

    Shown to the head of the section, and to everyone who may release; never to who did it alone.
    """
    alone = (
        MessageDraft.objects.filter(steps__act=DraftStep.Act.BROKE_GLASS)
        .exclude(steps__act=DraftStep.Act.REVIEWED)
        .select_related("author", "message", "event")
        .distinct()
    )
    releases = may_release(user)
    return [
        draft
        for draft in alone
        if not draft.steps.filter(act=DraftStep.Act.BROKE_GLASS, by=user).exists()
        and (releases or is_head_over(draft, user))
    ]


def alone_step(draft: MessageDraft) -> DraftStep | None:
    """The break-glass of a draft, with its reason."""
    return draft.steps.filter(act=DraftStep.Act.BROKE_GLASS).select_related("by").first()


def orders_about_to_expire() -> list[Event]:
    """Events with orders in force whose words soon are, or already are, out of date."""
    events = Event.objects.filter(
        pk__in=EvacuationOrder.objects.filter(lifted_at=None).values("event")
    )
    limit = timezone.now() + ENDS_SOON
    return [e for e in events if (m := newest_message(e)) and m.expires_at <= limit]


def consent_needed(draft: MessageDraft) -> bool:
    """Whether a second person must agree before this draft goes out."""
    return needs_consent(draft.kind, draft.severity, consent_rules())


def consent_rules() -> dict[str, int]:
    """From which severity each kind needs consent; what the town has not decided is the CSV's."""
    return default_rules() | dict(ConsentRule.objects.values_list("kind", "from_severity"))


def default_rules() -> dict[str, int]:
    """What holds in a town that has no rules of its own."""
    path = Path(__file__).parent / "data" / "consent.csv"
    with path.open(encoding="utf-8") as file:
        return {row["kind"]: int(row["from_severity"]) for row in csv.DictReader(file)}


def draft_faults(draft: MessageDraft) -> list[Fault]:
    """Everything to mend before the draft may go out."""
    found = faults_of(facts_of(draft), timezone.now())
    if draft.kind in ENDINGS and draft.event:
        found += _wrong_endings(draft.event, draft)
    return found


def _wrong_endings(event: Event, draft: MessageDraft) -> list[Fault]:
    standing = {order.district_id for order in standing_orders(event)}
    if draft.kind != Kind.LIFT or not standing or draft.is_whole_town:
        return []
    strange = District.objects.filter(pk__in=set(draft.districts) - standing)
    names = "・".join(strange.values_list("name", flat=True))
    text = f"{names}には出ていません。解除する地区だけを選んでください。"
    return [Fault("districts", text)] if names else []


def message_order(message: UUID) -> MessageDraft | None:
    """How a message was written at the desk: its level, districts and English words."""
    return MessageDraft.objects.filter(message=message).select_related("event").first()


def district_names(ids: Sequence[int]) -> list[str]:
    """Names of districts in their order."""
    return list(District.objects.filter(pk__in=ids).values_list("name", flat=True))
