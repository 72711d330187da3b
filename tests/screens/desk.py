"""Drafts and an event at the alert desk, for its pictures."""

from nenrin.core.areas.models import District
from nenrin.core.organization.models import StaffMember
from nenrin.residents.orders.drafts import Aim
from nenrin.residents.orders.models import MessageDraft
from nenrin.residents.orders.services.ask_consent import ask_consent
from nenrin.residents.orders.services.release_draft import release_alone
from nenrin.residents.orders.services.start_draft import start_draft


def desk_ids() -> dict[str, str]:
    """A draft in writing, one that waits for the viewer's consent, and an event with a drill."""
    viewer, other = StaffMember.objects.filter(roles__len__gt=0).order_by("pk")[:2]
    writing = _order(viewer, 4)
    asked = _order(other, 5)
    ask_consent(draft=asked, acting_user=other.user)
    alone = _order(other, 3)
    release_alone(draft=alone, reason="夜中で、だれにもつながりません", acting_user=other.user)
    alone.refresh_from_db()
    return {"draft": str(writing.pk), "asked": str(asked.pk), "event": str(alone.event_id)}


def _order(author: StaffMember, level: int) -> MessageDraft:
    districts = tuple(District.objects.values_list("pk", flat=True)[:3])
    aim = Aim(kind="order", level=level, hazard="landslide", districts=districts, is_drill=True)
    return start_draft(aim=aim, acting_user=author.user)
