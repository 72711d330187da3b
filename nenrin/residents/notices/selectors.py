"""Reading notices."""

from dataclasses import dataclass

from django.db.models import BooleanField, Count, Exists, F, OuterRef, Q, QuerySet, Value

from nenrin.core.messaging.models import Delivery, HouseholdReach
from nenrin.core.people.models import Person

from .models import Notice, NoticeRead


def published_notices(user_id: int | None, *, topic: str = "", kind: str = "") -> QuerySet[Notice]:
    """Notices everyone may read, newest first; each knows whether this person has read it."""
    read = NoticeRead.objects.filter(notice=OuterRef("pk"), user=user_id)
    found = Notice.objects.filter(message__released_at__isnull=False, message__is_drill=False)
    if topic:
        found = found.filter(topic=topic)
    if kind:
        found = found.filter(kind=kind)
    is_read = Exists(read) if user_id else Value(True, output_field=BooleanField())
    return (
        found.select_related("message").annotate(is_read=is_read).order_by("-message__released_at")
    )


def unread_count(user_id: int | None) -> int:
    """How many notices a signed-in person has not opened."""
    return published_notices(user_id).exclude(reads__user=user_id).count() if user_id else 0


@dataclass(frozen=True)
class RoundProgress:
    """How far a 回覧板 has come in one 班."""

    district: str
    neighbourhood: int | None
    households: int
    seen: int

    @property
    def is_through(self) -> bool:
        """Whether every house has seen it."""
        return self.seen >= self.households


def circular_progress(notice: Notice) -> list[RoundProgress]:
    """Each 班 of the audience with how many of its houses have confirmed, in order."""
    rows = (
        HouseholdReach.objects.filter(message=notice.message_id)
        .values(
            name=F("district__name"),
            code=F("district__code"),
            number=F("household__neighbourhood__number"),
        )
        .annotate(households=Count("*"), seen=Count("household_id", filter=Q(reached=True)))
        .order_by("code", "number")
    )
    return [RoundProgress(r["name"], r["number"], r["households"], r["seen"]) for r in rows]


def progress_of_neighbourhood(notice: Notice, person: Person) -> RoundProgress | None:
    """The person's own 班; None where the notice did not go there."""
    household = person.household
    if household is None:
        return None
    found = HouseholdReach.objects.filter(
        message=notice.message_id, household__neighbourhood=household.neighbourhood_id
    ).aggregate(households=Count("*"), seen=Count("household_id", filter=Q(reached=True)))
    if not found["households"]:
        return None
    number = household.neighbourhood.number if household.neighbourhood else None
    return RoundProgress(household.district.name, number, found["households"], found["seen"])


def delivery_to_household(notice: Notice, household_id: int) -> Delivery | None:
    """A delivery of the notice to this household, to confirm through."""
    return Delivery.objects.filter(message=notice.message_id, household=household_id).first()
