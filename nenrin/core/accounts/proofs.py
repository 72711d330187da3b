"""What this browser's session has proved, and when: a card, an address that was reached.

Facts of the session, not of the account: they end with it, and a card is asked for again when it
was held too long ago.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

CARD, CONTACTS = "proof_card", "proof_contacts"
CONTACT_HOLDS = timedelta(hours=12)


@dataclass(frozen=True)
class CardProof:
    """A card was held at ``at``; ``identity`` is its CardIdentity's id."""

    at: datetime
    identity: int

    def is_fresh(self, minutes: int) -> bool:
        """Whether it was held within so many minutes."""
        return timezone.now() - self.at <= timedelta(minutes=minutes)


def card_proof(request: HttpRequest) -> CardProof | None:
    """The card this session was shown, if any."""
    found = request.session.get(CARD)
    return CardProof(datetime.fromisoformat(found["at"]), found["identity"]) if found else None


def keep_card_proof(request: HttpRequest, proof: CardProof) -> None:
    """Remember a card in the session."""
    request.session[CARD] = {"at": proof.at.isoformat(), "identity": proof.identity}


def reached_contacts(request: HttpRequest) -> frozenset[str]:
    """Addresses and numbers whose holder typed the code we sent there, in this session."""
    now = timezone.now()
    held: dict[str, str] = request.session.get(CONTACTS, {})
    return frozenset(
        contact for contact, at in held.items()
        if now - datetime.fromisoformat(at) <= CONTACT_HOLDS
    )  # fmt: skip


def keep_contact(request: HttpRequest, contact: str) -> None:
    """Remember that a contact was reached."""
    held = request.session.get(CONTACTS, {})
    request.session[CONTACTS] = held | {contact: timezone.now().isoformat()}
