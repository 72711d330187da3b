"""When an application is not taken: conditions with the words that say why."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nenrin.engines.forms.drafting.conditions import named
from nenrin.engines.forms.drafting.content import change_rows
from nenrin.engines.forms.fields.naming import reading
from nenrin.engines.forms.models import DefinitionDraft

from ..door import is_still_there, mark_of, on_draft, save_form, save_step
from ..forms.rules import StopForm
from ..frame import draw
from .questions import names_for_rules


@require_http_methods(["GET", "POST"])
@on_draft
def page(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    """The list; a post takes one away."""
    stops = _stops(draft)
    place = request.POST.get("place", "")
    if place.isdecimal() and int(place) < len(stops):
        kept = [one for number, one in enumerate(stops) if number != int(place)]
        save_step(request, draft, change_rows("blocks", kept), "stop", "条件を消しました。")
        return redirect("editor_stops", slug=draft.slug)
    names = named(draft.content)
    rows = [(one, reading(one.get("when", ""), names)) for one in stops]
    return draw(request, draft, "stops.html", {"rows": rows, "next": len(stops)})


@require_http_methods(["GET", "POST"])
@on_draft
def one(request: HttpRequest, draft: DefinitionDraft, place: int) -> HttpResponse:
    """One condition; the place after the last is a new one."""
    stops = _stops(draft)
    if place > len(stops):
        raise Http404
    held: dict[str, Any] = stops[place] if place < len(stops) else {}
    form = StopForm(request.POST or None, stop=held, content=draft.content)
    if form.is_bound and form.is_valid() and is_still_there(request, form, held):
        rows = [*stops[:place], form.piece(), *stops[place + 1 :]]
        if save_form(request, draft, form, change_rows("blocks", rows), "stop"):
            return redirect("editor_stops", slug=draft.slug)
    context = {
        "form": form,
        "mark": request.POST.get("mark") or mark_of(held),
        "heading": "受け付けない条件",
        "back": "editor_stops",
        "names": names_for_rules(draft.content),
    }
    return draw(request, draft, "rule.html", context, status=400 if form.errors else 200)


def _stops(draft: DefinitionDraft) -> list[dict[str, Any]]:
    return list(draft.content.get("blocks", []))
