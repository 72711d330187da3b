"""Write down what a released message orders or ends, district by district."""

from nenrin.core.events.bus import announce

from ..drafts import districts_of
from ..events import OrdersChanged
from ..levels import ENDINGS, Kind
from ..models import EvacuationOrder, MessageDraft


def apply_orders(*, draft: MessageDraft) -> int:
    """Fold a message that has just gone out into the orders in force; returns what changed.

    Runs in the caller's transaction. A district whose level does not change keeps its order and
    the time since which it stands.
    """
    changed = 0
    if draft.kind == Kind.ORDER:
        changed = sum(_give(draft, district.pk) for district in districts_of(draft))
    elif draft.kind in ENDINGS:
        changed = _end(draft)
    if changed and draft.event_id:
        announce(OrdersChanged(draft.event_id, str(draft.message_id), draft.is_drill))
    return changed


def _give(draft: MessageDraft, district: int) -> bool:
    message = draft.message
    at = message.released_at if message else None
    if message is None or at is None or draft.level is None or draft.event is None:
        raise ValueError("only a released order is applied")
    standing = EvacuationOrder.objects.select_for_update().filter(
        district=district, hazard=draft.hazard, is_drill=draft.is_drill, lifted_at=None
    )
    known = standing.first()
    if known and known.level == draft.level:
        return False
    if known:
        known.lifted_at, known.lifted_by = at, message
        known.ending = EvacuationOrder.Ending.CHANGED
        known.save(update_fields=["lifted_at", "lifted_by", "ending"])
    EvacuationOrder.objects.create(
        district_id=district,
        event=draft.event,
        hazard=draft.hazard,
        level=draft.level,
        is_drill=draft.is_drill,
        message=message,
        since=at,
    )
    return True


def _end(draft: MessageDraft) -> int:
    if draft.message is None or draft.event is None:
        raise ValueError("only a released message ends orders")
    ending = EvacuationOrder.Ending
    return draft.event.orders.filter(
        lifted_at=None, district__in=[district.pk for district in districts_of(draft)]
    ).update(
        lifted_at=draft.message.released_at,
        lifted_by=draft.message,
        ending=ending.LIFTED if draft.kind == Kind.LIFT else ending.CANCELLED,
    )
