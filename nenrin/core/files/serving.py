"""Handing a stored file out: always a download, never a page of ours."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from .models import StoredFile
from .store import read

POLICY = "default-src 'none'; sandbox"
SHOWN_IN_PLACE = frozenset({"jpeg", "png"})


def file_response(stored: StoredFile, *, in_place: bool = False) -> HttpResponse:
    """The file as an answer; check access first (`access.readable_file`, or a rule of your own).

    ``in_place`` lets a photo be used in an <img>; anything else is a download regardless. Raises
    FileMissing.
    """
    as_download = not (in_place and stored.kind in SHOWN_IN_PLACE)
    response = HttpResponse(read(stored), content_type=stored.content_type)
    response["Content-Disposition"] = content_disposition_header(as_download, stored.name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    return response
