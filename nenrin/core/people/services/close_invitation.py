"""Take back an invitation that nobody has used."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act

from ..models import Invitation


@transaction.atomic
def close_invitation(*, invitation: Invitation, acting_user: str) -> None:
    """Close it; its code opens nothing any more. One that is closed stays as it is."""
    open_one = Invitation.objects.filter(pk=invitation.pk, closed_at=None)
    if not open_one.update(closed_at=timezone.now()):
        return
    record_act(
        actor=acting_user,
        action="people.close_invitation",
        subject=f"person:{invitation.person_id}",
        detail={"invitation": invitation.pk},
    )
