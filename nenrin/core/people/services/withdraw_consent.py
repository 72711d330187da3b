"""Take a consent back: from now on, what it allowed is not done."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce

from ..events import ConsentWithdrawn
from ..models import Consent, Person


@transaction.atomic
def withdraw_consent(*, person: Person, purpose: Consent.Purpose, acting_user: str) -> None:
    """End the consent in force, if there is one; announces ConsentWithdrawn."""
    in_force = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None)
    if not in_force.update(withdrawn_at=timezone.now()):
        return
    announce(ConsentWithdrawn(person=person.pk, purpose=purpose))
    record_act(
        actor=acting_user,
        action="people.withdraw_consent",
        subject=f"person:{person.pk}",
        detail={"purpose": purpose},
    )
