"""Staff publish notices and see how far a 回覧板 has come."""

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from nenrin.core.files.errors import FileRefused
from nenrin.core.messaging.services.release_message import NotReleasable
from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role
from nenrin.residents.notices.models import Notice
from nenrin.residents.notices.selectors import circular_progress, published_notices
from nenrin.residents.notices.services.publish_notice import (
    NoticeRefused,
    Upload,
    publish_notice,
)

from .forms import NoticeForm

PER_PAGE = 30


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """What was published."""
    page = Paginator(published_notices(None), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/desk.html", {"page": page})


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.ALERTS)
def new(request: HttpRequest) -> HttpResponse:
    """Write a notice and send it; what was typed stays when something is wrong."""
    if request.method == "GET":
        return _form(request, NoticeForm(initial={"kind": Notice.Kind.NEWS}))
    form = NoticeForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form)
    document = form.cleaned_data["document"]
    uploads = [Upload(document.name, document)] if document else []
    try:
        _, households = publish_notice(
            text=form.text(), uploads=uploads, acting_user=str(request.user)
        )
    except FileRefused as refusal:
        form.add_error("document", str(refusal))
    except (NoticeRefused, NotReleasable) as refusal:
        form.add_error(None, str(refusal))
    else:
        notes.success(request, f"{households} 世帯に送り始めました。")
        return redirect("staff_notices")
    return _form(request, form)


def _form(request: HttpRequest, form: NoticeForm) -> HttpResponse:
    context = {"form": form, "menu_entry": "staff_notices"}
    return render(request, "notices/new.html", context, status=400 if form.errors else 200)


@require_GET
@staff_required
def round_progress(request: HttpRequest, notice: int) -> HttpResponse:
    """How far a 回覧板 has come in every 班."""
    found = get_object_or_404(Notice.objects.select_related("message"), pk=notice)
    rounds = circular_progress(found)
    context = {
        "notice": found,
        "rounds": rounds,
        "through": sum(each.is_through for each in rounds),
        "menu_entry": "staff_notices",
    }
    return render(request, "notices/round.html", context)
