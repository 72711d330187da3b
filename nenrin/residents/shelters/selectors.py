"""Reading shelters: which are open, with how much room and how far away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from nenrin.core.areas.models import Shelter

from .models import Equipment, HeadCount, Opening, ShelterProfile
from .rules import distance_km, room_left, room_words

SAME_COUNT = timedelta(minutes=1)
EQUIPMENT_WORDS = dict(Equipment.choices)


@dataclass(frozen=True)
class OpenShelter:
    """An open shelter as everyone may see it. ``room`` None: no capacity was entered."""

    opening: int
    shelter: Shelter
    is_drill: bool
    people: int
    capacity: int | None
    equipment: Sequence[str]
    opened_at: datetime
    counted_at: datetime | None
    distance: float | None = None

    @property
    def room(self) -> int | None:
        """How many more fit in."""
        return room_left(self.capacity, self.people)

    @property
    def room_words(self) -> str:
        """Room in words."""
        return room_words(self.capacity, self.people)

    @property
    def is_full(self) -> bool:
        """Whether nobody fits in any more."""
        return self.room == 0

    @property
    def equipment_words(self) -> list[str]:
        """What it has, in words."""
        return [str(EQUIPMENT_WORDS[code]) for code in self.equipment if code in EQUIPMENT_WORDS]


def open_shelters(
    *, is_drill: bool = False, near: tuple[float, float] | None = None
) -> list[OpenShelter]:
    """Shelters open now: by name, or nearest first to ``near`` (latitude, longitude)."""
    openings = Opening.objects.filter(closed_at=None, is_drill=is_drill).select_related(
        "shelter__profile"
    )
    found = [as_open_shelter(opening, near) for opening in openings]
    return sorted(found, key=lambda row: (row.distance or 0.0, row.shelter.name))


def as_open_shelter(opening: Opening, near: tuple[float, float] | None = None) -> OpenShelter:
    """One opening with its shelter's capacity and equipment."""
    profile = profile_of(opening.shelter)
    place = (opening.shelter.latitude, opening.shelter.longitude)
    return OpenShelter(
        opening=opening.pk,
        shelter=opening.shelter,
        is_drill=opening.is_drill,
        people=opening.people,
        capacity=profile.capacity if profile else None,
        equipment=profile.equipment if profile else [],
        opened_at=opening.opened_at,
        counted_at=opening.counted_at,
        distance=distance_km(near, place) if near else None,
    )


def all_shelters() -> list[Shelter]:
    """Every shelter of the town by name, with its profile."""
    return list(Shelter.objects.select_related("profile").order_by("name"))


def equipment_of(profile: ShelterProfile | None) -> list[tuple[str, str]]:
    """What a shelter has, as code and name."""
    codes = profile.equipment if profile else []
    return [(code, EQUIPMENT_WORDS[code]) for code in codes if code in EQUIPMENT_WORDS]


def profile_of(shelter: Shelter) -> ShelterProfile | None:
    """What the town entered about a shelter, if anything."""
    try:
        return shelter.profile
    except ShelterProfile.DoesNotExist:
        return None


def closed_shelters(*, is_drill: bool = False) -> list[Shelter]:
    """Shelters that could be opened."""
    opened = Opening.objects.filter(closed_at=None, is_drill=is_drill).values("shelter")
    return list(
        Shelter.objects.exclude(pk__in=opened)
        .select_related("profile")
        .order_by("-is_living_shelter", "name")
    )


def count_history(opening: Opening, limit: int = 30) -> list[HeadCount]:
    """The last counts, newest first; one person's presses within a minute show as their last."""
    shown: list[HeadCount] = []
    for count in opening.counts.all()[: limit * 10]:
        if not (shown and _same_count(shown[-1], count)):
            shown.append(count)
    return shown[:limit]


def _same_count(newer: HeadCount, older: HeadCount) -> bool:
    by_one = newer.counted_by == older.counted_by
    return by_one and newer.counted_at - older.counted_at < SAME_COUNT


def shelters_changed_at() -> datetime | None:
    """When a shelter was last opened, closed, counted or described, drills included."""
    found = Opening.objects.aggregate(
        opened=Max("opened_at"), closed=Max("closed_at"), counted=Max("counted_at")
    )
    described = ShelterProfile.objects.aggregate(at=Max("updated_at"))
    return max(filter(None, (*found.values(), *described.values())), default=None)


def is_anything_open() -> bool:
    """Whether a shelter is open for real."""
    return Opening.objects.filter(closed_at=None, is_drill=False).exists()
