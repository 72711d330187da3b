"""End that someone watches over someone; either of the two may."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..models import Relation


@transaction.atomic
def end_watching(*, relation: Relation, acting_user: str) -> None:
    """Take the tie away; the family member sees nothing more from now on."""
    record_act(
        actor=acting_user,
        action="people.end_watching",
        subject=f"person:{relation.receiver_id}",
        detail={"giver": relation.giver_id},
    )
    relation.delete()
