"""Reading the register: finding households, and who belongs to whom."""

import unicodedata
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat

from .models import Consent, CorrectionRequest, Household, Invitation, Person, Relation

HIRAGANA, KATAKANA = 0x3041, 0x30A1
TO_KATAKANA = {HIRAGANA + n: KATAKANA + n for n in range(86)}


def person_of(user_id: int | None) -> Person | None:
    """The person whose sign-in this is."""
    if user_id is None:
        return None
    return Person.objects.select_related("household__district").filter(user=user_id).first()


def housemates(person: Person) -> QuerySet[Person]:
    """Everyone who lives in the person's household, the person too, the head first."""
    if person.household_id is None:
        return Person.objects.none()
    return Person.objects.filter(household=person.household_id, left_on=None).order_by(
        "-is_head", "birth_date", "pk"
    )


def search_households(words: str, district_id: int | None = None) -> QuerySet[Household]:
    """Households by number, address, or a member's name in characters or kana (any kana).

    Several words must all fit. Without words and district there are none.
    """
    wanted = unicodedata.normalize("NFKC", words).split()
    if not wanted and district_id is None:
        return Household.objects.none()
    found = Household.objects.filter(left_on=None)
    if district_id is not None:
        found = found.filter(district=district_id)
    for word in wanted:
        persons = _named(word).filter(left_on=None, household__isnull=False)
        found = found.filter(
            Q(number__iendswith=word)
            | Q(address__icontains=word)
            | Q(pk__in=persons.values("household"))
        )
    living = Person.objects.filter(left_on=None).order_by("-is_head", "birth_date", "pk")
    return (
        found.select_related("district", "neighbourhood")
        .prefetch_related(Prefetch("persons", living, to_attr="living"))
        .order_by("district__code", "number")
    )


def _named(word: str) -> QuerySet[Person]:
    return Person.objects.annotate(
        name=Concat("family_name", Value(""), "given_name"),
        kana=Concat("family_name_kana", Value(""), "given_name_kana"),
    ).filter(Q(name__contains=word) | Q(kana__contains=word.translate(TO_KATAKANA)))


@dataclass(frozen=True)
class Watched:
    """Someone a family member watches over; without ``is_shared`` nothing is shown."""

    relation: Relation
    is_shared: bool

    @property
    def person(self) -> Person:
        """Who is watched over."""
        return self.relation.receiver


def watched_by(person: Person) -> list[Watched]:
    """Whom this person watches over, and whether each still agrees to it."""
    relations = Relation.objects.filter(
        giver=person, kind=Relation.Kind.WATCHES_OVER, receiver__left_on=None
    ).select_related("receiver__household")
    agreed = set(
        Consent.objects.filter(
            purpose=Consent.Purpose.SHARE_SAFETY,
            withdrawn_at=None,
            person__in=[relation.receiver_id for relation in relations],
        ).values_list("person", flat=True)
    )
    return [Watched(relation, relation.receiver_id in agreed) for relation in relations]


def watchers_of(person: Person) -> QuerySet[Relation]:
    """Family living elsewhere who watches over this person."""
    return Relation.objects.filter(receiver=person, kind=Relation.Kind.WATCHES_OVER).select_related(
        "giver"
    )


def consents_in_force(person: Person) -> dict[str, Consent]:
    """What the person agrees to now, by purpose."""
    return {one.purpose: one for one in Consent.objects.filter(person=person, withdrawn_at=None)}


def open_invitations(person: Person, kind: Invitation.Kind) -> QuerySet[Invitation]:
    """Invitations that nobody has used or taken back yet, newest first."""
    return Invitation.objects.filter(person=person, kind=kind, closed_at=None).order_by("-made_at")


def waiting_corrections() -> QuerySet[CorrectionRequest]:
    """Requests that the counter has not answered, oldest first."""
    return (
        CorrectionRequest.objects.filter(outcome="")
        .select_related("person__household")
        .order_by("asked_at")
    )


def living_households() -> int:
    """How many households live in the town."""
    return Household.objects.filter(left_on=None).count()
