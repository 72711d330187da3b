"""Write down how many people are in a shelter now."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce

from ..events import ShelterFilled
from ..models import MOST_PEOPLE, HeadCount, Opening
from ..rules import room_left
from ..selectors import profile_of


class CountRefused(Exception):
    """The number cannot be kept; the text says what to do, in Japanese."""


@transaction.atomic
def count_people(
    *, opening: Opening, acting_user: str, total: int | None = None, change: int = 0
) -> HeadCount:
    """Set the number (``total``) or move it by ``change``; two phones at once both count.

    Taking away stops at 0. Raises CountRefused for a closed shelter or an impossible number.
    """
    opening = Opening.objects.select_for_update(of=["self"]).get(pk=opening.pk)
    if opening.closed_at:
        raise CountRefused("この避難所はもう閉じています。開け直してから数えてください。")
    people = max(opening.people + change, 0) if total is None else total
    if not 0 <= people <= MOST_PEOPLE:
        raise CountRefused(f"人数は0から{MOST_PEOPLE}までの数で入れてください。")
    now = timezone.now()
    opening.people, opening.counted_at = people, now
    opening.save(update_fields=["people", "counted_at"])
    count = HeadCount.objects.create(
        opening=opening, people=people, counted_at=now, counted_by=acting_user
    )
    _announce(opening, acting_user)
    return count


def _announce(opening: Opening, acting_user: str) -> None:
    profile = profile_of(opening.shelter)
    room = room_left(profile.capacity if profile else None, opening.people)
    announce(
        ShelterFilled(
            opening=opening.pk,
            shelter=opening.shelter_id,
            is_drill=opening.is_drill,
            people=opening.people,
            room=room,
        )
    )
    record_act(
        actor=acting_user,
        action="shelters.count",
        subject=f"shelter:{opening.shelter_id}",
        detail={"opening": opening.pk, "people": opening.people, "room": room},
    )
