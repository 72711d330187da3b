"""Enter how many people fit into a shelter, and what it has."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from nenrin.core.areas.models import Shelter
from nenrin.core.audit.services.record_act import record_act

from ..models import ShelterProfile


@transaction.atomic
def describe_shelter(
    *, shelter: Shelter, capacity: int | None, equipment: Sequence[str], acting_user: str
) -> ShelterProfile:
    """Keep a shelter's capacity and equipment; they hold for later disasters too."""
    profile, _ = ShelterProfile.objects.update_or_create(
        shelter=shelter,
        defaults={
            "capacity": capacity,
            "equipment": list(equipment),
            "updated_by": acting_user,
            "updated_at": timezone.now(),
        },
    )
    record_act(
        actor=acting_user,
        action="shelters.describe",
        subject=f"shelter:{shelter.pk}",
        detail={"capacity": capacity, "equipment": list(equipment)},
    )
    return profile
