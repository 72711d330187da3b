"""When a shelter opens, fills or closes, Lアラート gets the state of all of them as a document.

Shelters that are open at the same time belong to one document, whatever the day; each change is a
new revision of it.
"""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from nenrin.core.events.bus import listen
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import current_town_code
from nenrin.residents.lalert.folder import FolderGateway
from nenrin.residents.lalert.port import Document, ShelterReport, ShelterState
from nenrin.residents.lalert.shelters import shelter_document
from nenrin.residents.shelters.events import ShelterClosed, ShelterFilled, ShelterOpened
from nenrin.residents.shelters.models import HeadCount, Opening
from nenrin.residents.shelters.rules import NEARLY_FULL, room_left

from .orders_changed_go_to_lalert import sender_of

Changed = ShelterOpened | ShelterFilled | ShelterClosed
DISASTER = "避難所の開設"


def shelters_changed_go_to_lalert(happened: Changed) -> None:
    """Write the document of the openings that belong together, as they stand now."""
    opening = Opening.objects.get(pk=happened.opening)
    report = shelter_report(opening)
    FolderGateway(current_town_code()).hand_over(report.document, shelter_document(report))


def shelter_report(opening: Opening) -> ShelterReport:
    """All openings that overlap with this one, directly or through others."""
    begun = _beginning(opening)
    openings = list(
        Opening.objects.filter(is_drill=opening.is_drill, opened_at__gte=begun)
        .select_related("shelter__profile")
        .order_by("shelter__name", "opened_at")
    )
    newest = {one.shelter_id: one for one in openings}
    closings = sum(one.closed_at is not None for one in openings)
    counts = HeadCount.objects.filter(opening__in=openings).count()
    town = Town.objects.get(pk=current_town_code())
    kind = "drill-shelters" if opening.is_drill else "shelters"
    document = Document(
        identifier=f"{town.code}-{kind}-{begun:%Y%m%dT%H%M%S}",
        revision=len(openings) + closings + counts,
        headline=f"{town.name}の避難所",
        disaster=DISASTER,
        reported_at=timezone.now(),
        is_drill=opening.is_drill,
    )
    return ShelterReport(sender_of(town), document, tuple(map(_state, newest.values())))


def _beginning(opening: Opening) -> datetime:
    begun = opening.opened_at
    while True:
        earlier = (
            Opening.objects.filter(is_drill=opening.is_drill, opened_at__lt=begun)
            .filter(Q(closed_at=None) | Q(closed_at__gte=begun))
            .order_by("opened_at")
            .first()
        )
        if earlier is None:
            return begun
        begun = earlier.opened_at


def _state(opening: Opening) -> ShelterState:
    shelter = opening.shelter
    profile = getattr(shelter, "profile", None)
    capacity = profile.capacity if profile else None
    return ShelterState(
        name=shelter.name,
        kana="",
        address=shelter.address,
        state="closed" if opening.closed_at else "open",
        at=opening.closed_at or opening.opened_at,
        room=_room(capacity, opening.people),
        capacity=capacity,
        persons=opening.people,
        checked_at=opening.counted_at,
        place=(shelter.latitude, shelter.longitude),
    )


def _room(capacity: int | None, people: int) -> str:
    left = room_left(capacity, people)
    if capacity is None or left is None:
        return "unknown"
    if left == 0:
        return "full"
    return "crowded" if people >= capacity * NEARLY_FULL else "free"


def opened_goes_to_lalert(happened: ShelterOpened) -> None:
    """A shelter opened."""
    shelters_changed_go_to_lalert(happened)


def filled_goes_to_lalert(happened: ShelterFilled) -> None:
    """The number of people changed."""
    shelters_changed_go_to_lalert(happened)


def closed_goes_to_lalert(happened: ShelterClosed) -> None:
    """A shelter closed."""
    shelters_changed_go_to_lalert(happened)


listen(ShelterOpened, opened_goes_to_lalert)
listen(ShelterFilled, filled_goes_to_lalert)
listen(ShelterClosed, closed_goes_to_lalert)
