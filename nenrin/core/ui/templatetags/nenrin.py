"""Template tags every portal uses: menus, icons, rings, bars."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.forms import Form
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ..cards import cards_at
from ..menu import DOORS, STAFF_GROUPS, MenuEntry, entries_of
from ..rings import even_rings, rings_svg

register = template.Library()
_DECORATION = mark_safe('aria-hidden="true"')
MARK_RINGS = (1.0, 1.3, 1.1, 1.5, 1.2, 1.6)


@cache
def icon_paths() -> dict[str, str]:
    """Path of every icon, by its name."""
    with (Path(__file__).resolve().parent.parent / "icons.csv").open(encoding="utf-8") as file:
        return {row["name"]: row["path"] for row in csv.DictReader(file)}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon; the word beside it says what it means."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        icon_paths()[name],
    )


@register.simple_tag
def mark() -> SafeString:
    """The mark of Nenrin, as decoration beside the town's name."""
    return mark_safe(rings_svg(MARK_RINGS, label=""))  # noqa: S308


@register.simple_tag
def rings(label: str, lit: float = 0.0, count: int = 24, seed: str = "kaneyama") -> SafeString:
    """A log of ``count`` rings, lit to a share of 0 to 1 from the pith outwards."""
    drawn = rings_svg(even_rings(count), label=label, lit=float(lit), seed=seed, animated=True)
    return mark_safe(drawn)  # noqa: S308


@register.simple_tag
def rings_of(widths: list[float], label: str, seed: str = "kaneyama") -> SafeString:
    """A log whose rings are the numbers given, the oldest in the middle."""
    return mark_safe(rings_svg(widths, label=label, seed=seed))  # noqa: S308


@register.simple_tag
def reach_bar(
    confirmed: int, opened: int, sent: int, failed: int, label: str, rest: int = 0
) -> SafeString:
    """Four counts as one bar, the rest grey; without a label it is decoration."""
    total = max(confirmed + opened + sent + failed + rest, 1)
    parts, start = [], 0.0
    for name, count in zip(
        ("confirmed", "opened", "sent", "rest", "failed"),
        (confirmed, opened, sent, rest, failed),
        strict=True,
    ):
        width = 100 * count / total
        parts.append((name, f"{start:.2f}", f"{width:.2f}"))
        start += width
    rects = format_html_join(
        "", '<rect class="{}" x="{}" y="0" width="{}" height="10"/>', (part for part in parts)
    )
    meaning = format_html('role="img" aria-label="{}"', label) if label else _DECORATION
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" {}>{}</svg>',
        meaning,
        rects,
    )


@register.simple_tag
def progress(done: float, total: float, label: str) -> SafeString:
    """How far something has come, as a bar with its words."""
    width = 100 * min(max(done / total, 0.0), 1.0) if total else 0
    return format_html(
        '<svg class="progress" viewBox="0 0 100 8" preserveAspectRatio="none" role="img"'
        ' aria-label="{}"><rect class="track" width="100" height="8"/>'
        '<rect class="done" width="{}" height="8"/></svg>',
        label,
        f"{width:.1f}",
    )


@register.simple_tag(takes_context=True)
def cards(context: dict[str, Any], place: str, **known: Any) -> SafeString:
    """The sections that modules registered for a place, one under another."""
    request = context["request"]
    shown = []
    for card in cards_at(place):
        content = card.context(request, known)
        if content is not None:
            shown.append(render_to_string(card.template, known | content, request=request))
    return mark_safe("".join(shown))  # noqa: S308


def _line(entry: MenuEntry, request: HttpRequest, current: str) -> dict[str, Any]:
    return {
        "entry": entry,
        "url": reverse(entry.url_name),
        "is_current": current == entry.url_name,
        "badge": entry.badge(request) if entry.badge else 0,
    }


def _current(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name or "") if match else ""


@register.simple_tag(takes_context=True)
def menu_groups(context: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The staff menu: each heading with its lines."""
    request = context["request"]
    current = context.get("menu_entry") or _current(request)
    entries = entries_of("staff", request)
    return [
        (title, lines)
        for key, title in STAFF_GROUPS.items()
        if (lines := [_line(entry, request, current) for entry in entries if entry.group == key])
    ]


@register.simple_tag(takes_context=True)
def doors(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The four doors of the resident's home, each with what waits behind it."""
    request = context["request"]
    entries = entries_of("resident", request)
    return [
        {
            "key": key,
            "label": label,
            "description": description,
            "icon": name,
            "waiting": sum(e.badge(request) for e in entries if e.group == key and e.badge),
        }
        for key, (label, description, name) in DOORS.items()
    ]


@register.simple_tag(takes_context=True)
def door_entries(context: dict[str, Any], door: str) -> list[dict[str, Any]]:
    """What is behind one door."""
    request = context["request"]
    entries = entries_of("resident", request)
    return [_line(entry, request, _current(request)) for entry in entries if entry.group == door]


@register.filter
def thousands(number: int) -> str:
    """1603 as 1,603."""
    return f"{number:,}"


@register.filter
def errors_of(form: Form) -> list[tuple[str, str, str]]:
    """Every error of a form as (id of the field, its label, what to do)."""
    found = [("", "", str(error)) for error in form.non_field_errors()]
    for field in form:
        place = field.id_for_label or field.auto_id
        found += [(place, str(field.label), str(error)) for error in field.errors]
    return found
