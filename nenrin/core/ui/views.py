"""Turning a switch without script: a small form in every page's head."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .switches import CHOICES, cookie_name

ONE_YEAR = 365 * 24 * 3600


@csrf_exempt
@require_POST
def turn_switch(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice in a cookie and go back to the page they came from.

    No form token is asked for, so that a public page is the same for everybody and can be kept.
    Nothing but four cookies of the reader's own depends on it, and other sites cannot turn them.
    """
    response = HttpResponseRedirect(_back(request))
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return response
    for name, choices in CHOICES.items():
        value = request.POST.get(name, "")
        if value in choices:
            response.set_cookie(
                cookie_name(name),
                value,
                max_age=ONE_YEAR,
                samesite="Lax",
                secure=request.is_secure(),
            )
    return response


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    if target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        parts = urlsplit(target)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return "/"
