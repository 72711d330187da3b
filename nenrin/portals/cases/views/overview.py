"""Every published procedure: how far it goes from home, and what stands in the way."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nenrin.core.organization.access import staff_required
from nenrin.residents.procedures.guide import by_group, open_procedures

ENDINGS = {"online": "家から最後まで", "pickup": "受け取りに来る", "visit": "一度来てもらう"}


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """The list, with its figures on top."""
    entries = open_procedures()
    counts = Counter(str(entry.definition.ending) for entry in entries)
    context = {
        "by_event": by_group(entries),
        "total": len(entries),
        "endings": [(label, counts[ending]) for ending, label in ENDINGS.items()],
        "complete": sum(entry.definition.is_complete for entry in entries),
        "examples": sum(entry.has_examples for entry in entries),
    }
    return render(request, "cases/procedures.html", context)
