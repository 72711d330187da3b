"""What the safety board adds to the menu, to the desk, and to the situation report."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from nenrin.core.audit.wording import register_wordings
from nenrin.core.messaging.models import Message
from nenrin.core.messaging.selectors.situation import (
    Fact,
    FactSource,
    ReportSection,
    SectionContent,
    fact_sources,
    report_sections,
)
from nenrin.core.ui.cards import Card, cards
from nenrin.core.ui.menu import MenuEntry, menu

from .models import CaseState, CaseStep, HelpCase
from .selectors import new_cases, safety_counts

MOST_FACTS = 200


def _badge(request: HttpRequest) -> int:
    return new_cases()


def _on_desk(request: HttpRequest, known: dict[str, Any]) -> dict[str, Any] | None:
    waiting = HelpCase.objects.filter(state=CaseState.NEW).select_related(
        "household__district", "household__neighbourhood__district", "message"
    )[:5]
    return {"waiting_cases": waiting, "waiting_count": new_cases()} if waiting else None


def _report(message: Message) -> SectionContent:
    counts = safety_counts(message.pk)
    states = list(HelpCase.objects.filter(message=message).values_list("state", flat=True))
    figures = [
        ("無事", f"{counts.safe} 世帯"),
        ("助けが必要", f"{counts.needs_help} 世帯"),
        ("回答なし", f"{counts.silent} 世帯"),
    ]
    rows = [(str(state.label), states.count(state.value)) for state in CaseState]
    return SectionContent(
        figures=figures if message.asks_safety else (),
        columns=("助けの状況", "件数") if states else (),
        rows=rows if states else (),
        empty="助けの求めはありません。",
    )


def _facts(message: Message) -> Iterator[Fact]:
    steps = CaseStep.objects.filter(case__message=message).values_list(
        "made_at",
        "state",
        "responder",
        "case__household__district__name",
        "case__household__neighbourhood__number",
    )
    for at, state, responder, district, number in steps.order_by("-made_at")[:MOST_FACTS]:
        where = f"{district} {number}班" if number else district
        if state == CaseState.NEW:
            yield Fact(at, "助けが必要", where, is_weighty=True)
        elif state == CaseState.GOING:
            yield Fact(at, "助けに向かっています", f"{where}　{responder}")
        else:
            yield Fact(at, "助けが済みました", where)


register_wordings(
    {"safety.open_case": "助けの求めを受けた", "safety.move_case": "助けの状況を変えた"}
)
menu.register(MenuEntry("safety", "staff", "now", "安否と救助", "staff_safety", 40, badge=_badge))
cards.register(Card("safety", "staff_home", 5, "safety/_desk_card.html", _on_desk))
report_sections.register(ReportSection("safety", 40, "安否と救助", _report))
fact_sources.register(FactSource("safety", _facts))
