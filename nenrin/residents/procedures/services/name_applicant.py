"""Whose applications they are, found out after they were begun."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.people.models import Person

from ..models import Application


@transaction.atomic
def name_applicant(*, card: int, person: Person, acting_user: str) -> int:
    """Give the applications of a card that was nobody's yet their applicant; says how many."""
    found = Application.objects.select_for_update(of=("self",), no_key=True)
    nobodys = list(found.filter(card=card, person=None).select_related("case"))
    for application in nobodys:
        application.person, application.household = person, person.household
        application.user_id = person.user_id
        application.save(update_fields=["person", "household", "user"])
        if application.case:
            application.case.person, application.case.household = person, person.household
            application.case.save(update_fields=["person", "household"])
        record_act(
            actor=acting_user,
            action="procedures.name_applicant",
            subject=f"application:{application.pk}",
            detail={"card": card},
        )
    return len(nobodys)
