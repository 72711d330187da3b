"""最近の記録: who did what."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from nenrin.core.audit.selectors import recent_entries
from nenrin.core.audit.wording import action_words
from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role

PER_PAGE = 50


@require_GET
@staff_required(role=Role.AUDIT)
def show(request: HttpRequest) -> HttpResponse:
    """The trail, newest first, or only what concerns one subject."""
    subject = request.GET.get("subject", "").strip()
    page = Paginator(recent_entries(subject), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "entries": [(entry, action_words(entry.action)) for entry in page],
        "subject": subject,
        "query": f"&{urlencode({'subject': subject})}" if subject else "",
    }
    return render(request, "staff_admin/audit.html", context)
