"""状況報告書: the state of a message as a PDF, at any moment."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from nenrin.core.areas.models import District
from nenrin.core.messaging.models import Audience, Message
from nenrin.core.messaging.selectors.board import sum_of_parts, take_snapshot
from nenrin.core.messaging.selectors.situation import (
    ReportSection,
    SectionContent,
    facts_of,
    report_sections,
    sections_in_order,
)
from nenrin.core.printing.compiler import compile_pdf
from nenrin.residents.alerts.models import AlertChange, HazardState
from nenrin.residents.alerts.selectors import hazards_in_force

TEMPLATE = Path(__file__).parent / "print" / "report.typ"
MOST_FACTS = 60


def situation_report(message: Message, town_name: str, now: datetime) -> bytes:
    """The report as PDF/A; a drill says so on each page."""
    return compile_pdf(TEMPLATE, report_content(message, town_name, now), created_at=now)


def report_content(message: Message, town_name: str, now: datetime) -> dict[str, Any]:
    """What the template shows."""
    return {
        "town_name": town_name,
        "title": message.title,
        "is_drill": message.is_drill,
        "now": _moment(now),
        "sections": [
            {"title": section.title} | _plain(section.content(message))
            for section in sections_in_order()
        ],
    }


def _plain(content: SectionContent) -> dict[str, Any]:
    return {
        "figures": [list(figure) for figure in content.figures],
        "lines": [line for text in content.lines for line in text.splitlines() if line.strip()],
        "columns": list(content.columns) if content.rows else [],
        "rows": [
            [
                {"text": f"{cell:,}" if isinstance(cell, int) else cell, "right": _is_number(cell)}
                for cell in row
            ]
            for row in content.rows
        ],
        "empty": content.empty,
    }


def _is_number(cell: str | int) -> bool:
    return isinstance(cell, int)


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日 {local.hour}時{local.minute:02d}分"


def _message_section(message: Message) -> SectionContent:
    begun = _moment(message.released_at or message.created_at)
    ends = _moment(message.expires_at)
    return SectionContent(
        figures=(
            ("重さ", message.get_severity_display()),
            ("対象", _audience_words(message)),
        ),
        lines=(
            message.title,
            message.body,
            f"{begun} に出しました。{ends} まで有効です。",
        ),
    )


def _audience_words(message: Message) -> str:
    audience: Audience = message.audience
    if audience.kind != Audience.Kind.DISTRICTS:
        return audience.get_kind_display()
    names = District.objects.filter(pk__in=audience.districts).values_list("name", flat=True)
    return "・".join(names)


def _weather_section(message: Message) -> SectionContent:
    change = AlertChange.objects.filter(message=message).select_related("drill").first()
    hazards = hazards_in_force()
    if change and change.drill:
        hazards = HazardState.objects.filter(drill=change.drill, strength__gt=0)
    return SectionContent(
        columns=("いま出ているもの", "警戒レベル", "いつから"),
        rows=[
            (hazard.name, f"{hazard.level}相当" if hazard.level else "—", _moment(hazard.since))
            for hazard in hazards
        ],
        empty="出ている警報・注意報はありません。",
    )


def _reach_section(message: Message) -> SectionContent:
    districts = take_snapshot(message.pk).districts
    total = sum_of_parts(districts)
    rows = [
        (
            part.name,
            part.households,
            part.confirmed,
            part.opened,
            part.sent,
            part.waiting,
            part.failed,
        )
        for part in [*districts, total]
    ]
    return SectionContent(
        figures=(
            ("届いたことを確かめた", f"{total.confirmed:,} / {total.households:,} 世帯"),
            ("まだ返事のない世帯", f"{total.silent:,}"),
        ),
        columns=("地区", "世帯", "確認・回答", "開いた", "送った", "送信待ち", "未達"),
        rows=rows,
    )


def _course_section(message: Message) -> SectionContent:
    return SectionContent(
        columns=("時刻", "できごと", ""),
        rows=[
            (f"{timezone.localtime(fact.at):%m/%d %H:%M}", fact.text, fact.detail)
            for fact in facts_of(message, MOST_FACTS)
        ],
    )


report_sections.register(ReportSection("message", 10, "出した知らせ", _message_section))
report_sections.register(ReportSection("weather", 20, "気象", _weather_section))
report_sections.register(ReportSection("reach", 50, "届いた状況", _reach_section))
report_sections.register(ReportSection("course", 90, "経過（新しい順）", _course_section))
