"""Paper that was scanned: a clerk uploads it, sees it while typing, and it stays with the case."""

from uuid import UUID

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.files.documents.apart import draw, page_count
from nenrin.core.files.services.store_file import open_file
from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role
from nenrin.engines.forms.fields.contract import Refused
from nenrin.residents.procedures.locking import ApplicationRefused
from nenrin.residents.procedures.models import Application, ApplicationFile
from nenrin.residents.procedures.services.papers.keep_scan import keep_scan, scans_of

from ..door import application_of

MOST_PAGES = 10


def show_scans(request: HttpRequest, application: Application) -> None:
    """Give the page around the form what it shows of the paper; the engine knows nothing of it."""
    request.typed_application = application  # type: ignore[attr-defined]
    request.scans = [  # type: ignore[attr-defined]
        (row, _pages(row)) for row in scans_of(application)
    ]


def _pages(row: ApplicationFile) -> range:
    if row.file.kind != "pdf":
        return range(0)
    return range(1, min(page_count(open_file(row.file).read()), MOST_PAGES) + 1)


@require_POST
@staff_required(role=Role.DESK)
def keep(request: HttpRequest, application: UUID) -> HttpResponse:
    """Keep what the scanner or the camera made, and go back to the page it came from."""
    found = application_of(request, application)
    uploads = request.FILES.getlist("scan")
    if not uploads:
        notes.error(request, "写しのファイルを選んでから押してください。")
    for upload in uploads:
        try:
            keep_scan(application=found, upload=upload, acting_user=str(request.user))
        except (ApplicationRefused, Refused) as refusal:
            notes.error(request, str(refusal))
        else:
            notes.success(request, "紙の写しを残しました。")
    section = request.POST.get("section", "")
    if section.isidentifier():
        return redirect("staff_case_section", application=found.pk, section=section)
    return redirect(reverse("staff_case_review", kwargs={"application": found.pk}))


@require_GET
@staff_required(role=Role.DESK)
def page(request: HttpRequest, application: UUID, scan: int, number: int) -> HttpResponse:
    """One page of a scanned PDF as a picture beside the form."""
    found = application_of(request, application)
    row = get_object_or_404(scans_of(found), pk=scan)
    if number not in _pages(row):
        raise Http404
    picture = draw(open_file(row.file).read(), number)
    response = HttpResponse(picture, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response
