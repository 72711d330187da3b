"""Open a shelter."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from nenrin.core.areas.models import Shelter
from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce

from ..events import ShelterOpened
from ..models import Opening


class OpeningRefused(Exception):
    """The shelter cannot be opened; the text says why, in Japanese."""


@transaction.atomic
def open_shelter(*, shelter: Shelter, is_drill: bool, acting_user: str) -> Opening:
    """Open a shelter, empty. Raises OpeningRefused where it is open already."""
    try:
        with transaction.atomic():
            opening = Opening.objects.create(
                shelter=shelter,
                is_drill=is_drill,
                opened_at=timezone.now(),
                opened_by=acting_user,
            )
    except IntegrityError as error:
        raise OpeningRefused(f"{shelter.name}は、もう開いています。") from error
    announce(ShelterOpened(opening=opening.pk, shelter=shelter.pk, is_drill=is_drill))
    record_act(
        actor=acting_user,
        action="shelters.open",
        subject=f"shelter:{shelter.pk}",
        detail={"opening": opening.pk, "drill": is_drill},
    )
    return opening
