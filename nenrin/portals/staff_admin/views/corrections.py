"""訂正のお願い: what residents say is wrong, and the counter's answer."""

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role
from nenrin.core.people.models import CorrectionRequest
from nenrin.core.people.selectors import waiting_corrections
from nenrin.core.people.services.request_correction import CorrectionRefused
from nenrin.core.people.services.settle_correction import settle_correction

ANSWERED_SHOWN = 20


@require_GET
@staff_required(role=Role.DESK)
def show(request: HttpRequest) -> HttpResponse:
    """What waits, and the last answers."""
    return _page(request)


def _page(request: HttpRequest, status: int = 200, **more: object) -> HttpResponse:
    answered = CorrectionRequest.objects.exclude(outcome="").select_related("person")
    context = {
        "waiting": waiting_corrections(),
        "answered": answered.order_by("-settled_at")[:ANSWERED_SHOWN],
    }
    return render(request, "staff_admin/corrections.html", context | more, status=status)


@require_POST
@staff_required(role=Role.DESK)
def settle(request: HttpRequest, asked: int) -> HttpResponse:
    """Answer one."""
    found = get_object_or_404(CorrectionRequest, pk=asked)
    answer = request.POST.get("answer", "")
    try:
        settle_correction(
            request=found,
            outcome=request.POST.get("outcome", ""),
            answer=answer,
            acting_user=str(request.user),
        )
    except CorrectionRefused as refusal:
        return _page(request, 400, refused=found.pk, reason=str(refusal), typed=answer)
    notes.success(request, "返事をしました。本人のページに出ます。")
    return redirect("staff_corrections")
