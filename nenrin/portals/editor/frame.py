"""What every page of the editor shows around its content."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nenrin.engines.forms.models import DefinitionDraft

TABS = (
    ("editor_home", "全体"),
    ("editor_basics", "町民への案内"),
    ("editor_office", "役場のきまり"),
    ("editor_stops", "受け付けない条件"),
    ("editor_fee", "手数料"),
    ("editor_notices", "通知"),
    ("editor_preview", "ためす"),
    ("editor_examples", "テスト"),
    ("editor_check", "公開"),
)


# Pages that stand under a tab without being it.
UNDER = {
    "editor_page": "editor_home",
    "editor_question": "editor_home",
    "editor_add_question": "editor_home",
    "editor_add_page": "editor_home",
    "editor_stop": "editor_stops",
    "editor_fee_rule": "editor_fee",
    "editor_preview_end": "editor_preview",
}


def draw(
    request: HttpRequest,
    draft: DefinitionDraft,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """A page about a draft, with the tabs of the editor."""
    here = str(request.resolver_match.url_name) if request.resolver_match else ""
    here = UNDER.get(here, here)
    common = {
        "draft": draft,
        "menu_entry": "editor_list",
        "tabs": [
            (reverse(name, kwargs={"slug": draft.slug}), label, name == here)
            for name, label in TABS
        ],
    }
    return render(request, f"editor/{template}", common | (context or {}), status=status)
