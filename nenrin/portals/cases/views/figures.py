"""The desk's figures of a fiscal year, on a page and as CSV."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nenrin.core.export.csv_file import csv_response
from nenrin.core.organization.access import staff_required
from nenrin.core.organization.fiscal_years import fiscal_year, reiwa
from nenrin.engines.casework.selectors import handled_by
from nenrin.residents.procedures.statistics import (
    Handled,
    Line,
    by_month,
    by_procedure,
    by_section,
    handled_cases,
    whole,
)

from ..door import member_of

GROUPS = (("手続き", by_procedure), ("係", by_section), ("月", by_month))
HEADS = [
    "分け方",
    "名前",
    "件数",
    "オンラインの割合",
    "決まった件数",
    "決まるまでの開庁日（真ん中）",
    "10件に9件が決まる開庁日",
    "補正の割合",
]
YEARS_SHOWN = 5


@require_GET
@staff_required
def page(request: HttpRequest) -> HttpResponse:
    """What this member's cases come to, by procedure, section and month."""
    year, rows = _read(request)
    this_year = fiscal_year(timezone.localdate())
    context = {
        "year": year,
        "years": [(one, reiwa(one)) for one in range(this_year, this_year - YEARS_SHOWN, -1)],
        "total": whole(rows),
        "tables": [(title, lines(rows)) for title, lines in GROUPS],
        "menu_entry": "staff_cases",
    }
    return render(request, "cases/figures.html", context)


@require_GET
@staff_required
def table(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    year, rows = _read(request)
    lines = [_cells(title, line) for title, group in GROUPS for line in group(rows)]
    return csv_response(f"申請の件数と日数_{reiwa(year)}.csv", HEADS, lines)


def _read(request: HttpRequest) -> tuple[int, list[Handled]]:
    asked = request.GET.get("year", "")
    this_year = fiscal_year(timezone.localdate())
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= this_year else this_year
    cases = handled_by(member_of(request))
    return year, handled_cases(cases, date(year, 4, 1), date(year + 1, 3, 31))


def _cells(title: str, line: Line) -> list[object]:
    return [
        title,
        line.name,
        line.count,
        _percent(line.online),
        line.decided,
        line.median_days,
        line.slow_days,
        _percent(line.asked),
    ]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"
