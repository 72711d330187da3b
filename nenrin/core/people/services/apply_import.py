"""Write a planned import: all of it or nothing."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.areas.models import District, Neighbourhood
from nenrin.core.audit.services.record_act import record_act

from ..household_csv import PersonRow
from ..models import Household, Person
from .plan_import import PERSON_FIELDS, ImportPlan, households_to_leave

BATCH = 2000
MANY_LEAVING = 0.2
HOUSEHOLD_FIELDS = ["district", "neighbourhood", "address", "left_on"]


class ImportRefused(Exception):
    """The import is not carried out; the text says why and what to do, in Japanese."""


@transaction.atomic
def apply_import(*, plan: ImportPlan, acting_user: str, allow_many_leaving: bool = False) -> None:
    """Bring the town's households and persons to what the file says.

    Nobody is deleted: who is not in the file any more is marked as having left today. Raises
    ImportRefused for bad lines, or when a fifth of the town would leave at once.
    """
    if plan.bad_rows:
        raise ImportRefused(f"直す行が {len(plan.bad_rows)} あります。何も取り込んでいません。")
    living = plan.unchanged + len(plan.changed) + len(plan.moved_away)
    if len(plan.moved_away) > living * MANY_LEAVING and not allow_many_leaving:
        raise ImportRefused(
            f"{len(plan.moved_away)} 人が転出になります。ファイルがちがうかもしれません。"
            "正しければ --allow-many-leaving をつけてください。"
        )
    if plan.is_empty:
        return
    households = _write_households(plan.rows)
    _write_persons(plan.rows, households)
    today = timezone.localdate()
    Person.objects.filter(number__in=plan.moved_away).update(left_on=today, is_head=False)
    Household.objects.filter(number__in=households_to_leave(plan.rows)).update(left_on=today)
    record_act(
        actor=acting_user,
        action="people.import",
        subject="households",
        detail={
            "added": len(plan.added),
            "changed": len(plan.changed),
            "moved_away": len(plan.moved_away),
        },
    )


def _write_households(rows: tuple[PersonRow, ...]) -> dict[str, Household]:
    districts = {district.code: district for district in District.objects.all()}
    rounds = _rounds(rows, districts)
    made = [
        Household(
            number=row.household,
            district=districts[row.district],
            neighbourhood=rounds.get((row.district, row.neighbourhood)),
            address=row.address,
            left_on=None,
        )
        for row in {row.household: row for row in rows}.values()
    ]
    Household.objects.bulk_create(
        made,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["town", "number"],
        update_fields=HOUSEHOLD_FIELDS,
    )
    numbers = {row.household for row in rows}
    return {home.number: home for home in Household.objects.filter(number__in=numbers)}


def _rounds(
    rows: tuple[PersonRow, ...], districts: dict[str, District]
) -> dict[tuple[str, int | None], Neighbourhood]:
    wanted = {(row.district, row.neighbourhood) for row in rows if row.neighbourhood}
    Neighbourhood.objects.bulk_create(
        [Neighbourhood(district=districts[code], number=number) for code, number in wanted],
        ignore_conflicts=True,
    )
    return {
        (made.district.code, made.number): made
        for made in Neighbourhood.objects.select_related("district")
    }


def _write_persons(rows: tuple[PersonRow, ...], households: dict[str, Household]) -> None:
    made = [
        Person(
            number=row.number,
            household=households[row.household],
            left_on=None,
            **{name: getattr(row, name) for name in PERSON_FIELDS},
        )
        for row in rows
    ]
    Person.objects.bulk_create(
        made,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["town", "number"],
        update_fields=["household", "left_on", *PERSON_FIELDS],
    )
