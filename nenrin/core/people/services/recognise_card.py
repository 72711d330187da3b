"""A card was held: known, matched with the register, or put before the town hall."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from nenrin.core.accounts.card.facts import CardFacts
from nenrin.core.accounts.card.refusals import CardTrouble, Trouble
from nenrin.core.accounts.models import User
from nenrin.core.audit.services.record_act import record_act

from ..card_candidates import (
    candidates_for,
    card_says,
    described_by_card,
    has_another_card,
    the_one,
)
from ..models import CardIdentity, Person
from .link_card import link_card


@transaction.atomic
def recognise_card(*, facts: CardFacts, signed_in: User | None, acting_user: str) -> CardIdentity:
    """The card's identity; one that never came is linked at once where everything agrees.

    Raises CardTrouble where it belongs to somebody else than who is signed in.
    """
    card = _find_or_make(facts, signed_in, acting_user)
    if card.state != CardIdentity.State.LINKED:
        _try_to_link(card, facts, signed_in, acting_user)
    if signed_in and card.person and card.person.user_id != signed_in.pk:
        raise CardTrouble(Trouble.OTHER_PERSON, "signed in as somebody else")
    CardIdentity.objects.filter(pk=card.pk).update(last_at=timezone.now())
    return card


def _find_or_make(facts: CardFacts, signed_in: User | None, acting_user: str) -> CardIdentity:
    known = CardIdentity.objects.select_for_update(of=("self",)).select_related("person__user")
    key = {"issuer": facts.issuer, "subject": facts.subject}
    found = known.filter(**key).first()
    if found:
        return found
    now = timezone.now()
    try:
        with transaction.atomic():
            made = CardIdentity.objects.create(
                **key,
                user=signed_in,
                says=described_by_card(facts),
                first_at=now,
                last_at=now,
            )
    except IntegrityError:
        return known.get(**key)  # held twice at the same moment
    record_act(actor=acting_user, action="people.card_seen", subject=f"card:{made.pk}")
    return made


def _try_to_link(
    card: CardIdentity, facts: CardFacts, signed_in: User | None, acting_user: str
) -> None:
    """Link where there is no doubt; else let the town hall see what the card says today."""
    says = described_by_card(facts)
    person = the_one(candidates_for(card_says(says)))
    if person and _is_free(person, card, signed_in):
        link_card(card=card, person=person, acting_user=acting_user)
        return
    if person and signed_in and Person.objects.filter(user=signed_in).exclude(pk=person.pk):
        raise CardTrouble(Trouble.OTHER_PERSON, "the register names somebody else")
    if card.state == CardIdentity.State.WAITING and card.says != says:
        card.says = says
        card.save(update_fields=["says"])


def _is_free(person: Person, card: CardIdentity, signed_in: User | None) -> bool:
    """Whether linking takes nothing from anybody: no other card, no other sign-in."""
    if has_another_card(person, card):
        return False
    if signed_in is None:
        return True
    mine = Person.objects.filter(user=signed_in).first()
    return mine == person or (mine is None and person.user_id is None)
