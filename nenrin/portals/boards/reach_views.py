"""The reach board of a message, the list of messages with their rings, and the report."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from nenrin.core.areas.models import District
from nenrin.core.messaging.models import Message
from nenrin.core.messaging.selectors.board import (
    ReachParts,
    parts_of_messages,
    rungs_of,
    sum_of_parts,
    take_snapshot,
)
from nenrin.core.messaging.selectors.situation import facts_of
from nenrin.core.organization.access import staff_required
from nenrin.core.ui.map_svg import MapPoint, map_svg
from nenrin.core.ui.rings import even_rings, rings_svg

from .report import situation_report
from .silent import describe, households_in_order
from .words import kinds_words

SILENT_PER_PAGE, MESSAGES_PER_PAGE, FACTS = 15, 12, 14
KINDS = {"all": "すべて", "real": "本番", "drill": "訓練"}


@require_GET
@staff_required
def message_list(request: HttpRequest) -> HttpResponse:
    """届いた輪: every released message with its rings."""
    kind = request.GET.get("kind", "all")
    found = Message.objects.filter(released_at__isnull=False).order_by("-released_at")
    if kind in ("real", "drill"):
        found = found.filter(is_drill=kind == "drill")
    page = Paginator(found, MESSAGES_PER_PAGE).get_page(request.GET.get("page"))
    parts = parts_of_messages([message.pk for message in page])
    context = {
        "rows": [(message, parts.get(message.pk, ReachParts())) for message in page],
        "page": page,
        "kinds": KINDS.items(),
        "kind": kind if kind in KINDS else "all",
    }
    return render(request, "boards/list.html", context)


@require_GET
@staff_required
def reach(request: HttpRequest, message: UUID) -> HttpResponse:
    """The reach board of one message; with X-Fragment only what changes."""
    found = get_object_or_404(Message, pk=message, released_at__isnull=False)
    is_part = bool(request.headers.get("X-Fragment"))
    context = board_content(found, request.GET, animated=not is_part)
    return render(request, "boards/_reach.html" if is_part else "boards/reach.html", context)


def board_content(message: Message, asked: Any, *, animated: bool) -> dict[str, Any]:
    """What the board shows; ``asked`` may name a district and a page of its silent households."""
    snapshot = take_snapshot(message.pk)
    districts = list(snapshot.districts)
    total = sum_of_parts(districts)
    rungs = rungs_of(message, snapshot.silent)
    district = next((d for d in districts if d.code == asked.get("district")), None)
    silent = snapshot.silent_in[district.code] if district else snapshot.silent
    page = Paginator(silent, SILENT_PER_PAGE).get_page(asked.get("page"))
    return {
        "menu_entry": "staff_reach_list",
        "message": message,
        "elapsed": _elapsed(message),
        "total": total,
        "districts": districts,
        "district": district,
        "waits": any(part.waiting for part in districts),
        "rings": _rings(total, animated),
        "rungs": [(rung, kinds_words(rung.kinds)) for rung in rungs],
        "page": page,
        "silent": describe(message, households_in_order(list(page)), rungs),
        "facts": facts_of(message, FACTS),
        "map": _map(districts),
    }


def _elapsed(message: Message) -> str:
    passed = timezone.now() - (message.released_at or timezone.now())
    hours, minutes = divmod(int(passed.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days}日"
    return f"{hours}時間{minutes}分" if hours else f"{minutes}分"


def _rings(total: ReachParts, animated: bool) -> str:
    label = f"{total.households:,}世帯のうち{total.confirmed:,}世帯に届きました"
    drawn = rings_svg(even_rings(24), label=label, lit=total.share, animated=animated)
    return mark_safe(drawn)  # noqa: S308


def _map(districts: list[ReachParts]) -> str:
    places = {
        row.code: row
        for row in District.objects.filter(latitude__isnull=False, longitude__isnull=False)
    }
    points = [
        MapPoint(
            places[part.code].latitude or 0.0,
            places[part.code].longitude or 0.0,
            part.name,
            kind="reach",
            words=f"{part.households}世帯のうち{part.confirmed}世帯に届いた",
            lit=part.share,
        )
        for part in districts
        if part.code in places
    ]
    return mark_safe(map_svg(points, label="地区ごとの届いた割合"))  # noqa: S308


@require_GET
@staff_required
def report(request: HttpRequest, message: UUID) -> HttpResponse:
    """状況報告書 as it is now."""
    found = get_object_or_404(Message, pk=message, released_at__isnull=False)
    now = timezone.now()
    town = request.town  # type: ignore[attr-defined]
    response = HttpResponse(situation_report(found, town.name, now), content_type="application/pdf")
    name = f"report-{timezone.localtime(now):%Y%m%d-%H%M}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
