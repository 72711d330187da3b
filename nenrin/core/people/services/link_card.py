"""Say whose card it is."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce

from ..events import CardSettled
from ..models import CardIdentity, Person


@transaction.atomic
def link_card(
    *, card: CardIdentity, person: Person, acting_user: str, by_staff: bool = False
) -> None:
    """Link the card to a resident, who can sign in with it from now on.

    What the card said is forgotten. A resident without a sign-in gets one: that of the session in
    which the card came, if it is nobody's yet, else a new one that no mail reaches.
    """
    now = timezone.now()
    card.state, card.person, card.says, card.reason = CardIdentity.State.LINKED, person, {}, ""
    card.settled_at, card.settled_by = now, acting_user
    card.save()
    if person.user_id is None:
        person.user = _free_user(card) or User.objects.create_user("", name=str(person)[:80])
        person.save(update_fields=["user"])
    record_act(
        actor=acting_user,
        action="people.link_card",
        subject=f"person:{person.pk}",
        detail={"card": card.pk, "by_staff": by_staff},
    )
    announce(CardSettled(card=card.pk, person=person.pk, by_staff=by_staff))


def _free_user(card: CardIdentity) -> User | None:
    user = card.user
    taken = user is None or user.is_staff_member or not user.is_active
    return None if taken or Person.objects.filter(user=user).exists() else user
