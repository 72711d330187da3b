"""Open a case under the next number of its fiscal year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from nenrin.core.organization.fiscal_years import fiscal_year
from nenrin.core.organization.models import Section
from nenrin.core.people.models import Household, Person
from nenrin.core.tenancy.scope import current_town_code

from ..models import Case, CaseEvent, CheckItem
from ..moves import write_down
from ..rules import add_business_days

# One row a year, locked until the transaction ends: numbers have no gaps and no twins.
NEXT = """
INSERT INTO casework_casecounter AS c (town_id, fiscal_year, last) VALUES (%s, %s, 1)
ON CONFLICT (town_id, fiscal_year) DO UPDATE SET last = c.last + 1 RETURNING last
"""


@dataclass(frozen=True)
class Opening:
    """What a new case is about. ``working_days`` sets the deadline; ``checks`` are key and label.

    ``details`` stand in the first line of the timeline.
    """

    kind: str
    title: str
    section: Section | None = None
    household: Household | None = None
    person: Person | None = None
    working_days: int | None = None
    checks: Sequence[tuple[str, str]] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def open_case(*, opening: Opening, acting_user: str) -> Case:
    """Open the case and return it; call it late in a transaction, for the year's row is locked."""
    now = timezone.now()
    today = timezone.localdate(now)
    days = opening.working_days
    case = Case.objects.create(
        fiscal_year=fiscal_year(today),
        serial=_next_serial(fiscal_year(today)),
        kind=opening.kind,
        title=opening.title,
        section=opening.section,
        household=opening.household,
        person=opening.person,
        opened_at=now,
        deadline=None if days is None else add_business_days(today, days),
    )
    CheckItem.objects.bulk_create(
        CheckItem(case=case, key=key, label=label[:200]) for key, label in opening.checks
    )
    write_down(case, CaseEvent.Kind.RECEIVED, acting_user, details=opening.details, action="open")
    return case


def _next_serial(year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [current_town_code(), year])
        return int(cursor.fetchone()[0])
