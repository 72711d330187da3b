"""The town hall answers a card that did not match by itself."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce

from ..card_candidates import candidates_for, card_says
from ..events import CardSettled
from ..models import CardIdentity, Person
from .link_card import link_card


class CardNotSettled(Exception):
    """It cannot be answered so; the text says what to do, in Japanese."""


@transaction.atomic
def confirm_card(*, card: CardIdentity, person: Person, acting_user: str) -> None:
    """Confirm that the card is this resident's. Raises CardNotSettled.

    Only a candidate can be chosen: two of name, birth date and address must agree.
    """
    found = _waiting(card)
    candidates = candidates_for(card_says(found.says))
    if person.pk not in {one.person.pk for one in candidates}:
        raise CardNotSettled("候補の中から選んでください。ちがうときは「結びつけない」です。")
    if person.user_id and found.user_id and person.user_id != found.user_id:
        raise CardNotSettled(
            "この人には別のサインインがあります。世帯のページで確かめてから選んでください。"
        )
    link_card(card=found, person=person, acting_user=acting_user, by_staff=True)


@transaction.atomic
def decline_card(*, card: CardIdentity, reason: str, acting_user: str) -> None:
    """Do not link it; the holder reads the reason. Raises CardNotSettled."""
    found = _waiting(card)
    if not reason.strip():
        raise CardNotSettled("結びつけないわけを書いてください。本人に見えます。")
    found.state, found.says = CardIdentity.State.DECLINED, {}
    found.reason = reason.strip()[:400]
    found.settled_at, found.settled_by = timezone.now(), acting_user
    found.save()
    record_act(actor=acting_user, action="people.decline_card", subject=f"card:{found.pk}")
    announce(CardSettled(card=found.pk, person=None, by_staff=True))


def _waiting(card: CardIdentity) -> CardIdentity:
    rows = CardIdentity.objects.select_for_update(of=("self",)).select_related("user")
    found = rows.filter(pk=card.pk, state=CardIdentity.State.WAITING).first()
    if found is None:
        raise CardNotSettled("ほかの職員がもう返事をしました。")
    return found
