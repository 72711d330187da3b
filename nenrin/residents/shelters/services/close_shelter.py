"""Close a shelter."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce

from ..events import ShelterClosed
from ..models import Opening


@transaction.atomic
def close_shelter(*, opening: Opening, acting_user: str) -> Opening:
    """Close it; closing twice is closing once. Its counts stay."""
    opening = Opening.objects.select_for_update().get(pk=opening.pk)
    if opening.closed_at:
        return opening
    opening.closed_at = timezone.now()
    opening.closed_by = acting_user
    opening.save(update_fields=["closed_at", "closed_by"])
    announce(
        ShelterClosed(
            opening=opening.pk,
            shelter=opening.shelter_id,
            is_drill=opening.is_drill,
            people=opening.people,
        )
    )
    record_act(
        actor=acting_user,
        action="shelters.close",
        subject=f"shelter:{opening.shelter_id}",
        detail={"opening": opening.pk, "people": opening.people},
    )
    return opening
