"""What a phone may keep for the hours without network.

The service worker keeps a page only where the answer says so in ``X-Nenrin-Keep``: ``public``,
``link`` (whoever holds the link) or ``account`` (whoever is signed in, with a name for the reader
that says nothing to others). The last two never stand in any other cache, and are forgotten on
sign-out; ``signed-out`` after ``public`` has account pages forgotten.
"""

import hashlib
import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

HEADER = "X-Nenrin-Keep"
SAME_FOR_EVERYBODY = "public signed-out"


def keep_for_everyone(response: HttpResponse) -> HttpResponse:
    """A page that shows nothing of its reader, signed in or not."""
    response[HEADER] = "public"
    response["Cache-Control"] = "no-cache"
    return response


def keep_public(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A page that is the same for everybody; a signed-in reader's own copy is theirs alone."""
    if request.user.is_authenticated:
        return keep_for_account(request, response)
    response[HEADER] = SAME_FOR_EVERYBODY
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


def keep_for_account(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A page of the person signed in."""
    name = f"reader:{request.user.pk}".encode()
    digest = hmac.digest(settings.SECRET_KEY.encode(), name, hashlib.sha256)
    return _private(response, f"account {digest[:8].hex()}")


def keep_for_link(response: HttpResponse) -> HttpResponse:
    """A page behind a link that only its receiver has."""
    return _private(response, "link")


def _private(response: HttpResponse, kept: str) -> HttpResponse:
    response[HEADER] = kept
    response["Cache-Control"] = "no-store"
    # Not no-referrer: browsers then send "Origin: null", and every form would be refused.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
