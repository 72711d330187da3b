"""Visit lists: per visitor, on paper and on their phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.db.models import Count, Q
from django.utils import timezone

from nenrin.core.messaging.models import HouseholdMark, HouseholdReach, Message, Visit, VisitLink
from nenrin.core.messaging.tokens import visit_token
from nenrin.core.people.models import Visitor
from nenrin.core.printing.compiler import compile_pdf

from .silent import SilentRow, describe

TEMPLATE = Path(__file__).parent / "print" / "visits.typ"


@dataclass(frozen=True)
class VisitorRow:
    """A visitor with how far they are; ``link`` where one was issued and still holds."""

    visitor: Visitor
    households: int
    done: int
    link: VisitLink | None


@dataclass(frozen=True)
class VisitRow:
    """One household of a visitor's list. ``reached`` however the town heard of it."""

    visit: Visit
    row: SilentRow
    reached: bool
    mark: HouseholdMark | None


def visitors_of(message: Message) -> list[VisitorRow]:
    """Who goes, to how many households, and how many of them are reached by now."""
    reached = HouseholdReach.objects.filter(message=message, reached=True).values("household")
    counted = (
        Visit.objects.filter(message=message)
        .exclude(visitor=None)
        .values("visitor")
        .annotate(households=Count("pk"), done=Count("pk", filter=Q(household__in=reached)))
    )
    counts = {row["visitor"]: row for row in counted}
    links = VisitLink.objects.filter(
        message=message, revoked_at=None, expires_at__gt=timezone.now()
    )
    held = {link.visitor_id: link for link in links}
    visitors = Visitor.objects.filter(pk__in=counts).select_related("district")
    return [
        VisitorRow(
            visitor,
            counts[visitor.pk]["households"],
            counts[visitor.pk]["done"],
            held.get(visitor.pk),
        )
        for visitor in visitors.order_by("district__code", "duty")
    ]


def visit_rows(message: Message, visitor: Visitor) -> list[VisitRow]:
    """A visitor's households: those still silent first, by 班 and address."""
    visits = list(
        Visit.objects.filter(message=message, visitor=visitor)
        .select_related("household__district", "household__neighbourhood__district")
        .order_by("household__neighbourhood__number", "household__number")
    )
    homes = [visit.household for visit in visits]
    reached = set(
        HouseholdReach.objects.filter(
            message=message, reached=True, household__in=[home.pk for home in homes]
        ).values_list("household", flat=True)
    )
    marks = _standing_marks(message, homes)
    rows = [
        VisitRow(visit, row, visit.household_id in reached, marks.get(visit.household_id))
        for visit, row in zip(visits, describe(message, homes, []), strict=True)
    ]
    return sorted(rows, key=lambda row: row.reached)


def _standing_marks(message: Message, homes: Sequence[Any]) -> dict[int, HouseholdMark]:
    rows = HouseholdMark.objects.filter(
        message=message, household__in=homes, taken_back_by=None
    ).exclude(result=HouseholdMark.Result.BACK)
    return {mark.household_id: mark for mark in rows}


def link_address(base: str, link: VisitLink) -> str:
    """Where a visitor's list opens."""
    return f"{base}/visit/{visit_token(str(link.town_id), link.pk)}"


def visits_pdf(
    message: Message, town_name: str, lists: Sequence[tuple[Visitor, VisitLink]], base: str
) -> bytes:
    """A4 lists, one visitor after another, with tick boxes and a code for the phone."""
    now = timezone.now()
    return compile_pdf(
        TEMPLATE,
        {
            "town_name": town_name,
            "title": message.title,
            "is_drill": message.is_drill,
            "released": _moment(message.released_at or now),
            "now": _moment(now),
            "visitors": [_printed(message, visitor, link, base) for visitor, link in lists],
        },
        created_at=now,
    )


def _printed(message: Message, visitor: Visitor, link: VisitLink, base: str) -> dict[str, Any]:
    address = link_address(base, link)
    return {
        "district": visitor.district.name,
        "name": str(visitor),
        "qr": _code(address),
        "until": _moment(link.expires_at),
        "households": [
            {
                "round": str(home.neighbourhood.number) if home.neighbourhood else "",
                "name": row.row.name,
                "composition": row.row.composition,
                "address": home.address,
            }
            for row in visit_rows(message, visitor)
            if not row.reached
            for home in [row.visit.household]
        ],
    }


def _code(address: str) -> str:
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=4, border=2)
    return drawn.getvalue().decode()


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.month}月{local.day}日 {local.hour}:{local.minute:02d}"
