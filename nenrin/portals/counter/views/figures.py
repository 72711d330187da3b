"""How long people waited and how long it took: per service, hour and weekday."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.export.csv_file import csv_response
from nenrin.core.organization.access import staff_required
from nenrin.core.organization.fiscal_years import fiscal_year, fiscal_year_span
from nenrin.engines.surveys.selectors import newest_ratings, satisfaction
from nenrin.residents.counter.models import Ticket
from nenrin.residents.counter.selectors.figures import (
    Line,
    by_hour,
    by_service,
    by_weekday,
    minutes_between,
    rows_for_export,
)
from nenrin.townhall.plan.plugs import COUNTER_TOPICS

MONTH = timedelta(days=27)
LONGEST_SPAN = timedelta(days=366)
HEADS = (
    *("日", "番号", "業務", "とり方", "ようす", "発券", "呼び出し", "終わり"),
    *("窓口", "待ち（分）", "対応（分）"),
)


def _span(request: HttpRequest) -> tuple[date, date, str]:
    """The first and last day asked for, the last four weeks otherwise; and what is wrong."""
    today = timezone.localdate()
    usual = today - MONTH, today, ""
    texts = request.GET.get("from", ""), request.GET.get("until", "")
    if not any(texts):
        return usual
    try:
        first, last = (date.fromisoformat(text) for text in texts)
    except ValueError:
        return *usual[:2], "日付は 2026-04-01 のように書いてください。"
    if first > last:
        return *usual[:2], "はじめの日を、終わりの日より前にしてください。"
    if last - first > LONGEST_SPAN:
        return *usual[:2], "一年より短い間を選んでください。"
    return first, last, ""


@require_GET
@staff_required
def figures(request: HttpRequest) -> HttpResponse:
    """The page with tables and bars."""
    first, last, wrong = _span(request)
    tables = [
        ("業務ごと", by_service(first, last)),
        ("とった時刻ごと", by_hour(first, last)),
        ("曜日ごと", by_weekday(first, last)),
    ]
    year = fiscal_year_span(fiscal_year(timezone.localdate()))
    context = {
        "first": first,
        "last": last,
        "wrong": wrong,
        "tables": [(title, lines, _most(lines)) for title, lines in tables],
        "total": sum(line.tickets for line in tables[0][1]),
        "satisfaction": satisfaction(COUNTER_TOPICS, year),
        "ratings": newest_ratings(COUNTER_TOPICS, year, 10),
    }
    status = 400 if wrong else 200
    return render(request, "counter_desk/figures.html", context, status=status)


def _most(lines: list[Line]) -> float:
    return max((line.wait or 0 for line in lines), default=0)


@require_GET
@staff_required
def export(request: HttpRequest) -> HttpResponse:
    """Every number as CSV, without whose it was."""
    first, last, _ = _span(request)
    record_act(
        actor=str(request.user),
        action="counter.statistics",
        subject="counter",
        detail={"from": first.isoformat(), "until": last.isoformat()},
    )
    rows = (_row(ticket) for ticket in rows_for_export(first, last))
    return csv_response(f"窓口_{first}_{last}.csv", HEADS, rows)


def _row(ticket: Ticket) -> list[object]:
    return [
        ticket.day,
        ticket.label,
        ticket.service.name,
        ticket.get_source_display(),
        ticket.get_state_display(),
        ticket.taken_at,
        ticket.called_at,
        ticket.finished_at,
        str(ticket.window or ""),
        minutes_between(ticket.taken_at, ticket.called_at),
        minutes_between(ticket.called_at, ticket.finished_at),
    ]
