"""Every published procedure: how far it goes from home, and what stands in the way."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nenrin.core.organization.access import staff_required
from nenrin.residents.procedures.guide import by_group, scoreboard

ENDINGS = {"online": "家から最後まで", "pickup": "受け取りに来る", "visit": "一度来てもらう"}


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """The list, with its figures on top."""
    board = scoreboard()
    context = {
        "by_event": by_group(board.entries),
        "board": board,
        "endings": [(label, len(board.ending(ending))) for ending, label in ENDINGS.items()],
    }
    return render(request, "cases/procedures.html", context)
