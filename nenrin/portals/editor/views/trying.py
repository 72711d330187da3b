"""An expression checked while it is typed; without script it is checked when it is saved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from nenrin.engines.forms.drafting.conditions import named, try_expression
from nenrin.engines.forms.drafting.content import GROUP
from nenrin.engines.forms.drafting.state import scope_of
from nenrin.engines.forms.language.types import BOOL, DATE, NUMBER, TEXT
from nenrin.engines.forms.models import DefinitionDraft

from ..door import on_draft
from ..forms.rules import yen_of

LONGEST = 2000
WANTED = {"bool": BOOL, "number": NUMBER, "date": DATE, "text": TEXT}


@require_POST
@on_draft
def expression(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    """What is wrong with it, or what it says."""
    holder = request.POST.get("holder", "")
    group = holder.removeprefix(GROUP) if holder.startswith(GROUP) else ""
    text = request.POST.get(request.POST.get("field", ""), "")[: LONGEST + 1]
    wanted = WANTED.get(request.POST.get("wanted", ""), BOOL)
    if wanted is NUMBER and yen_of(text) is not None:
        return HttpResponse("")
    tried = try_expression(text, wanted, scope_of(draft.content, group), named(draft.content))
    return render(request, "editor/_tried.html", {"tried": tried})
