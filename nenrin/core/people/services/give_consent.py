"""Write down that a person agreed to something."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce

from ..events import ConsentGiven
from ..models import Consent, Person


@transaction.atomic
def give_consent(
    *, person: Person, purpose: Consent.Purpose, given_by: str, acting_user: str
) -> Consent:
    """Record a consent (``given_by``: 本人, 窓口 …); one in force is returned as it is.
    A new one is announced as ConsentGiven."""
    consent, is_new = Consent.objects.get_or_create(
        person=person,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"given_at": timezone.now(), "given_by": given_by},
    )
    if is_new:
        announce(ConsentGiven(person=person.pk, purpose=purpose))
        record_act(
            actor=acting_user,
            action="people.give_consent",
            subject=f"person:{person.pk}",
            detail={"purpose": purpose, "given_by": given_by},
        )
    return consent
