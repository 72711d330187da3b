"""What shelters add to menus, to other pages, and to the situation report."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

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

from .models import Opening
from .selectors import open_shelters


def _on_message_page(request: HttpRequest, known: dict[str, Any]) -> dict[str, Any] | None:
    message: Message = known["message"]
    found = open_shelters(is_drill=message.is_drill)
    return {"shelters": found} if found else None


def _report(message: Message) -> SectionContent:
    found = open_shelters(is_drill=message.is_drill)
    return SectionContent(
        figures=(
            ("開いている避難所", f"{len(found)} か所"),
            ("避難している人", f"{sum(shelter.people for shelter in found)} 人"),
        ),
        columns=("避難所", "人数", "定員", "空き", "数えた時刻"),
        rows=[
            (
                row.shelter.name,
                row.people,
                "—" if row.capacity is None else row.capacity,
                "—" if row.room is None else row.room,
                f"{row.counted_at.astimezone():%H:%M}" if row.counted_at else "—",
            )
            for row in found
        ],
        empty="開いている避難所はありません。",
    )


def _facts(message: Message) -> Iterator[Fact]:
    since = message.released_at or message.created_at
    openings = Opening.objects.filter(is_drill=message.is_drill).select_related("shelter")
    for opening in openings.filter(opened_at__gte=since, opened_at__lte=message.expires_at):
        yield Fact(opening.opened_at, "避難所を開きました", opening.shelter.name)
    for opening in openings.filter(closed_at__gte=since, closed_at__lte=message.expires_at):
        if opening.closed_at:
            yield Fact(opening.closed_at, "避難所を閉じました", opening.shelter.name)


register_wordings(
    {
        "shelters.open": "避難所を開いた",
        "shelters.count": "避難所の人数を数えた",
        "shelters.close": "避難所を閉じた",
        "shelters.describe": "避難所の定員と設備を入れた",
    }
)
menu.register(MenuEntry("shelters", "staff", "now", "避難所", "staff_shelters", 30))
menu.register(
    MenuEntry(
        "shelters_public",
        "resident",
        "life",
        _("避難所"),  # type: ignore[arg-type]
        "shelters",
        10,
        _("開いている避難所と空き、家からの道のり"),  # type: ignore[arg-type]
        "map",
    )
)
cards.register(
    Card("shelters", "message_page", 40, "shelters/_message_card.html", _on_message_page)
)
report_sections.register(ReportSection("shelters", 30, "避難所", _report))
fact_sources.register(FactSource("shelters", _facts))
