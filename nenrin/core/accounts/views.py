"""Pages of the sign-in library that this system does not have."""

from django.http import Http404, HttpRequest, HttpResponse


def closed(request: HttpRequest) -> HttpResponse:
    """An address is proved by an invitation, a password is for staff: neither is set here."""
    raise Http404("このページはありません。役場の窓口でたずねてください。")
