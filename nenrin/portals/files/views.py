"""Stored files, for those whom the rule of the file's purpose lets in."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from nenrin.core.files.access import readable_file
from nenrin.core.files.errors import FileMissing
from nenrin.core.files.serving import file_response


@require_GET
def download(request: HttpRequest, file: UUID) -> HttpResponse:
    """The file; 404 for whoever may not read it, so that nobody learns that it is there."""
    found = readable_file(request, file)
    if found is None:
        raise Http404
    try:
        return file_response(found, in_place="show" in request.GET)
    except FileMissing as error:
        raise Http404(str(error)) from error
