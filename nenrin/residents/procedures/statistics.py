"""How many, by which way, how fast, how often asked back: by procedure, section or month."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from nenrin.engines.casework.models import Case, CaseEvent, Decision
from nenrin.engines.casework.rules import business_days_between

from .models import Application, Mouth


@dataclass(frozen=True)
class Handled:
    """What counts of one case; ``days`` are office days until the first decision."""

    kind: str
    title: str
    section: str
    opened: date
    is_online: bool
    was_asked: bool
    days: int | None


@dataclass(frozen=True)
class Line:
    """The figures of one group; a share or a number of days is None where nothing is counted."""

    name: str
    count: int
    online: float | None
    decided: int
    median_days: float | None
    slow_days: int | None
    asked: float | None


def handled_cases(cases: QuerySet[Case], since: date, until: date) -> list[Handled]:
    """The cases opened from ``since`` up to and with ``until`` that came from an application."""
    events = CaseEvent.objects.filter(case=OuterRef("pk"), kind=CaseEvent.Kind.ASKED)
    first = Application.objects.filter(case=OuterRef("pk"), follows=None)
    decided = Decision.objects.filter(case=OuterRef("pk"), stage=1)
    found = cases.filter(
        Q(opened_at__date__gte=since, opened_at__date__lte=until), Exists(first)
    ).annotate(
        was_asked=Exists(events),
        mouth=Subquery(first.values("mouth")[:1]),
        decided=Subquery(decided.values("decided_at")[:1]),
    )
    fields = ("kind", "title", "section__name", "opened_at", "mouth", "was_asked", "decided")
    return [_handled(row) for row in found.values(*fields)]


def _handled(row: Mapping[str, Any]) -> Handled:
    day, decided = timezone.localdate(row["opened_at"]), row["decided"]
    return Handled(
        kind=row["kind"],
        title=row["title"],
        section=row["section__name"] or "決まっていない",
        opened=day,
        is_online=row["mouth"] == Mouth.PHONE,
        was_asked=row["was_asked"],
        days=business_days_between(day, timezone.localdate(decided)) if decided else None,
    )


def by_procedure(rows: Sequence[Handled]) -> list[Line]:
    """A line for each procedure, the most frequent first."""
    names = {row.kind: row.title for row in rows}
    lines = _grouped(rows, lambda row: row.kind, lambda kind: names[kind])
    return sorted(lines, key=lambda line: (-line.count, line.name))


def by_section(rows: Sequence[Handled]) -> list[Line]:
    """A line for each section."""
    return _grouped(rows, lambda row: row.section, str)


def by_month(rows: Sequence[Handled]) -> list[Line]:
    """A line for each month in which something came in."""
    return _grouped(rows, lambda row: f"{row.opened:%Y-%m}", lambda m: f"{m[:4]}年{int(m[5:])}月")


def whole(rows: Sequence[Handled]) -> Line:
    """All of it as one line."""
    return _line("すべて", rows)


def _grouped(
    rows: Iterable[Handled], key: Callable[[Handled], str], name: Callable[[str], str]
) -> list[Line]:
    groups: dict[str, list[Handled]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [_line(name(group), groups[group]) for group in sorted(groups)]


def _line(name: str, rows: Sequence[Handled]) -> Line:
    days = sorted(row.days for row in rows if row.days is not None)
    return Line(
        name=name,
        count=len(rows),
        online=_share(sum(row.is_online for row in rows), len(rows)),
        decided=len(days),
        median_days=median(days) if days else None,
        slow_days=_ninetieth(days),
        asked=_share(sum(row.was_asked for row in rows), len(rows)),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _ninetieth(days: Sequence[int]) -> int | None:
    """The smallest number of days within which nine of ten were decided."""
    if not days:
        return None
    return days[-(-len(days) * 9 // 10) - 1]
