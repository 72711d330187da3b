"""Lines of the register that a card may mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nenrin.core.accounts.card.facts import CardFacts
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import current_town_code

from .matching import Described, Likeness, likeness, plain_name
from .models import CardIdentity, Person

MOST_SHOWN = 8


@dataclass(frozen=True)
class Candidate:
    """A resident, and in what the card agrees with the register."""

    person: Person
    likeness: Likeness


def described_by_card(facts: CardFacts) -> dict[str, Any]:
    """What is kept of a card while it is looked at."""
    return {
        "name": facts.name,
        "address": facts.address,
        "birth_date": facts.birth_date.isoformat(),
    }


def card_says(says: Mapping[str, Any]) -> Described:
    """What a waiting card says."""
    return Described(says["name"], date.fromisoformat(says["birth_date"]), says["address"])


def candidates_for(card: Described) -> list[Candidate]:
    """Living residents in whom at least two of name, birth date and address agree; best first."""
    town = Town.objects.get(pk=current_town_code()).name
    found = list(_compared(card, town))
    return sorted(found, key=lambda one: -one.likeness.agreed)[:MOST_SHOWN]


def _compared(card: Described, town: str) -> Iterator[Candidate]:
    near = Person.objects.filter(pk__in=_near(card))
    for person in near.select_related("household", "user"):
        line = Described(
            f"{person.family_name}{person.given_name}",
            person.birth_date,
            person.household.address if person.household else "",
            f"{person.family_name_kana}{person.given_name_kana}",
        )
        alike = likeness(card, line, town)
        if alike.is_close:
            yield Candidate(person, alike)


def _near(card: Described) -> list[int]:
    """Whoever was born that day or bears the name: with anybody else, two never agree."""
    name = plain_name(card.name)
    living = Person.objects.filter(left_on=None, household__isnull=False)
    rows = living.values_list("pk", "birth_date", "family_name", "given_name")
    return [
        pk for pk, born, family, given in rows
        if born == card.birth_date or plain_name(f"{family}{given}") == name
    ]  # fmt: skip


def the_one(candidates: list[Candidate]) -> Person | None:
    """The only resident with whom everything agrees; nobody where there are two."""
    exact = [one.person for one in candidates if one.likeness.is_exact]
    return exact[0] if len(exact) == 1 else None


def has_another_card(person: Person, card: CardIdentity | None = None) -> bool:
    """Whether a card of the person is known that is not this one."""
    cards = CardIdentity.objects.filter(person=person, state=CardIdentity.State.LINKED)
    others = cards.exclude(pk=card.pk) if card else cards
    return others.exists()
