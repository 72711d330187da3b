"""Give a case to somebody, or to another section."""

from django.db import transaction

from nenrin.core.organization.models import Section, StaffMember

from ..models import OPEN_STATES, Case, CaseEvent
from ..moves import locked, write_down


@transaction.atomic
def assign_case(
    *, case: Case, section: Section | None, assignee: StaffMember | None, acting_user: str
) -> Case:
    """Set who handles the case; the same again changes nothing. Raises CaseRefused."""
    found = locked(case, OPEN_STATES)
    if (found.section, found.assignee) == (section, assignee):
        return found
    found.section, found.assignee = section, assignee
    found.save(update_fields=["section", "assignee"])
    names = (section.name if section else "", assignee.user.name if assignee else "")
    who = " ".join(filter(None, names))
    write_down(
        found, CaseEvent.Kind.ASSIGNED, acting_user, words=who or "担当なし", action="assign"
    )
    return found
