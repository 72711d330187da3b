"""Coming back: one's own applications, or one by its code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from nenrin.core.limits.decorators import client_address, limited
from nenrin.core.limits.limit import Limit
from nenrin.residents.procedures.applicant.access import IN_SESSION, remember
from nenrin.residents.procedures.selectors import application_with_code, applications_of

from ..forms import ResumeForm

# A code has about 59 bits; this keeps anyone from even beginning to guess.
TRIES = Limit("resume_application", 20, 3600)
WRONG = "コードか受付番号が合いません。書きまちがいがないか、もう一度確かめてください。"


@require_http_methods(["GET", "POST"])
@limited(TRIES, by=client_address)
def resume(request: HttpRequest) -> HttpResponse:
    """Open a draft by its code, and what was sent by number and code."""
    form = ResumeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = application_with_code(**form.cleaned_data)
        if found:
            remember(request, found)
            return redirect("application", application=found.pk)
        form.add_error("code", WRONG)
    context = {"form": form, "tab": "procedures"}
    return render(request, "procedures/resume.html", context, status=400 if form.errors else 200)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Drafts and what was sent, of whoever is here."""
    user_id = request.user.pk if request.user.is_authenticated else None
    found = applications_of(user_id, request.session.get(IN_SESSION, []))
    context = {
        "drafts": found.filter(case=None),
        "sent": found.filter(case__isnull=False, follows=None),
        "tab": "procedures",
    }
    response = render(request, "procedures/mine.html", context)
    response["Cache-Control"] = "no-store"
    return response
