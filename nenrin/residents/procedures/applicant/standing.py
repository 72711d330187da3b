"""How sure the town is of a visitor now: what their session has proved, and how long ago."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from nenrin.core.accounts.proofs import card_proof, reached_contacts
from nenrin.core.people.models import CardIdentity, Person
from nenrin.core.people.selectors import person_of
from nenrin.engines.forms.definition import Definition

from ..models import Identity
from .access import reaches


@dataclass(frozen=True)
class Standing:
    """Who stands here. ``card_at`` is of a card that was held, fresh or not."""

    person: Person | None = None
    user_id: int | None = None
    card: CardIdentity | None = None
    card_at: datetime | None = None
    contacts: frozenset[str] = field(default_factory=frozenset)
    is_card_fresh: bool = False

    @property
    def identity(self) -> Identity:
        """The strongest level in force."""
        if self.card and self.is_card_fresh:
            return Identity.CARD
        if self.person:
            return Identity.LOGIN
        return Identity.CONTACT if self.contacts else Identity.NONE

    @property
    def proved_at(self) -> datetime:
        """When that was proved: the card's own time, else now."""
        is_card = self.identity == Identity.CARD and self.card_at
        return self.card_at if is_card and self.card_at else timezone.now()

    def reaches(self, level: str) -> bool:
        """Whether this is enough for a level."""
        return reaches(self.identity, level or Identity.NONE)


def standing_of(request: HttpRequest, definition: Definition) -> Standing:
    """The visitor's standing, under the freshness that the form asks of a card."""
    person = person_of(request.user.pk) if request.user.is_authenticated else None
    contacts = set(reached_contacts(request))
    if person and person.user and person.user.email:
        contacts.add(person.user.email.lower())
    proof = card_proof(request)
    card = CardIdentity.objects.filter(pk=proof.identity).first() if proof else None
    if card and not _counts(card, person):
        card = None
    return Standing(
        person=person or (card.person if card else None),
        user_id=request.user.pk if person else None,
        card=card,
        card_at=proof.at if proof and card else None,
        contacts=frozenset(contacts),
        is_card_fresh=bool(proof and card and proof.is_fresh(definition.card_minutes)),
    )


def _counts(card: CardIdentity, person: Person | None) -> bool:
    """Not one the town hall declined, nor one that is known to be somebody else's.

    A card may be held first and another signed in afterwards.
    """
    is_anothers = person is not None and card.person_id not in (None, person.pk)
    return card.state != CardIdentity.State.DECLINED and not is_anothers
