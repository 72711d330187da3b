"""Households of which nothing was heard: who they are, what was tried, and what is next."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from nenrin.core.messaging.models import (
    Delivery,
    Endpoint,
    HouseholdMark,
    Message,
    Visit,
)
from nenrin.core.messaging.selectors.board import RungProgress
from nenrin.core.people.composition import composition
from nenrin.core.people.models import Household, Person, Relation

from .words import kind_word, kinds_words, tried_words


@dataclass(frozen=True)
class Next:
    """What the town does next for a household, and when."""

    words: str
    at: datetime | None = None
    who: str = ""


@dataclass(frozen=True)
class SilentRow:
    """One line of the board: no more of a household than helping it needs."""

    household: Household
    place: str
    name: str
    composition: str
    watched_by: str
    tried: Sequence[str]
    next: Next
    absent_at: datetime | None = None


def households_in_order(ids: Sequence[int]) -> list[Household]:
    """Households with their places, in the order of the ids."""
    places = Household.objects.select_related("district", "neighbourhood__district")
    found = places.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def describe(
    message: Message, households: Sequence[Household], rungs: Sequence[RungProgress]
) -> list[SilentRow]:
    """Lines for these households, in their order."""
    ids = [household.pk for household in households]
    persons, watched = _persons(ids), _watched(ids)
    tried, means = _tried(message, ids), _means(ids)
    visits, absent = _visits(message, ids), _absent(message, ids)
    today = timezone.localdate()
    return [
        SilentRow(
            household=home,
            place=str(home.neighbourhood or home.district),
            name=persons[home.pk][0].family_name if persons[home.pk] else home.number,
            composition=composition([p.birth_date for p in persons[home.pk]], today),
            watched_by="家族" if home.pk in watched else "",
            tried=tried[home.pk],
            next=_next(visits.get(home.pk), means[home.pk], rungs),
            absent_at=absent.get(home.pk),
        )
        for home in households
    ]


def _persons(ids: Sequence[int]) -> dict[int, list[Person]]:
    found: defaultdict[int, list[Person]] = defaultdict(list)
    rows = Person.objects.filter(household__in=ids, left_on=None).order_by("-is_head", "birth_date")
    for person in rows:
        if person.household_id:
            found[person.household_id].append(person)
    return found


def _watched(ids: Sequence[int]) -> set[int | None]:
    relations = Relation.objects.filter(
        kind=Relation.Kind.WATCHES_OVER, receiver__household__in=ids
    )
    return set(relations.values_list("receiver__household", flat=True))


def _tried(message: Message, ids: Sequence[int]) -> dict[int, list[str]]:
    """Each means once, at its furthest."""
    furthest: dict[tuple[int, str], tuple[str, int]] = {}
    rows = (
        Delivery.objects.filter(message=message, household__in=ids)
        .order_by("rung", "channel_id")
        .values_list("household_id", "channel__kind", "state")
    )
    for household, kind, state in rows:
        key = (household, kind_word(kind))
        if key not in furthest or furthest[key][1] < state:
            furthest[key] = (kind, state)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for (household, _), (kind, state) in furthest.items():
        found[household].append(tried_words(kind, state))
    return found


def _means(ids: Sequence[int]) -> dict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    rows = Endpoint.objects.filter(
        household__in=ids,
        retired_at=None,
        verified_at__isnull=False,
        consented_at__isnull=False,
    ).values_list("household_id", "kind")
    for household, kind in rows:
        found[household].add(kind)
    return found


def _visits(message: Message, ids: Sequence[int]) -> dict[int, Visit]:
    rows = Visit.objects.filter(message=message, household__in=ids).select_related("visitor")
    return {visit.household_id: visit for visit in rows}


def _absent(message: Message, ids: Sequence[int]) -> dict[int, datetime]:
    rows = HouseholdMark.objects.filter(
        message=message,
        household__in=ids,
        result=HouseholdMark.Result.ABSENT,
        taken_back_by=None,
    )
    return {mark.household_id: mark.made_at for mark in rows}


def _next(visit: Visit | None, means: set[str], rungs: Sequence[RungProgress]) -> Next:
    if visit:
        return Next("訪問", visit.planned_at, str(visit.visitor or ""))
    for rung in rungs:
        if rung.is_ahead and (rung.is_visit or means & set(rung.kinds)):
            return Next("訪問" if rung.is_visit else kinds_words(means & set(rung.kinds)), rung.at)
    return Next("これ以上の手段がありません")
