"""The safety board: who is safe, who needs help, and who goes there."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from nenrin.core.messaging.models import Message
from nenrin.core.organization.access import staff_required

from .models import CaseState, HelpCase
from .selectors import case_view, cases_of, safety_counts, safety_messages
from .services.move_case import MoveRefused, move_case


@require_GET
@staff_required
def board(request: HttpRequest, message: UUID | None = None) -> HttpResponse:
    """The board of one message; without one, of the newest that asks for safety."""
    asked = safety_messages()
    if message:
        shown: Message | None = get_object_or_404(Message, pk=message, released_at__isnull=False)
    else:
        shown = asked[0] if asked else None
    context: dict[str, Any] = {"menu_entry": "staff_safety", "asked": asked, "message": shown}
    if shown:
        context |= _content(shown)
    part = shown and request.headers.get("X-Fragment")
    return render(request, "safety/_board.html" if part else "safety/board.html", context)


def _content(message: Message) -> dict[str, Any]:
    cases = cases_of(message.pk)
    lanes = [
        (state.value, state.label, [view for view in cases if view.case.state == state])
        for state in CaseState
    ]
    return {"lanes": lanes, "has_cases": bool(cases), "counts": safety_counts(message.pk)}


@require_http_methods(["GET", "POST"])
@staff_required
def case_page(request: HttpRequest, case: int) -> HttpResponse:
    """One call for help: where, who, what they wrote, and what to do next."""
    found = get_object_or_404(
        HelpCase.objects.select_related(
            "message", "household__district", "household__neighbourhood__district"
        ),
        pk=case,
    )
    error = ""
    if request.method == "POST":
        try:
            step = move_case(
                case=found,
                state=request.POST.get("state", ""),
                responder=request.POST.get("responder", ""),
                note=request.POST.get("note", ""),
                acting_user=str(request.user),
            )
        except MoveRefused as refusal:
            error = str(refusal)
        else:
            notes.success(request, f"「{step.get_state_display()}」で記録しました。")
            return redirect("staff_safety_case", case=found.pk)
    context = {
        "menu_entry": "staff_safety",
        "view": case_view(found),
        "steps": found.steps.all(),
        "error": error,
        "typed": request.POST,
        "me": request.user,
    }
    return render(request, "safety/case.html", context, status=400 if error else 200)
