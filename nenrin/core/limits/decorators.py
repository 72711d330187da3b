"""Limits on views: `@limited(Limit("search", 30, 60), by=client_address)`."""

import math
from collections.abc import Callable, Collection
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .limit import Limit, seconds_to_wait

View = Callable[..., HttpResponse]
Who = Callable[..., str]
WRITING = frozenset({"POST"})
EVERY = frozenset({"GET", "HEAD", "POST"})


def client_address(request: HttpRequest, **parts: object) -> str:
    """The visitor's address, seen through as many proxies as the installation has.

    Never limit answers to a warning by it: a whole village may come from one address.
    """
    trusted = int(settings.NENRIN.trusted_proxies)
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if trusted and len(passed) >= trusted and passed[-trusted]:
        return passed[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))


def limited(limit: Limit, *, by: Who, methods: Collection[str] = WRITING) -> Callable[[View], View]:
    """Answer 429 with Retry-After once the limit is reached.

    ``by`` gets the request and the parts of the address, and says whose tries are counted.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **parts: object) -> HttpResponse:
            wait = 0.0
            if request.method in methods:
                wait = seconds_to_wait(limit, by(request, **parts))
            if not wait:
                return view(request, *args, **parts)
            response = render(request, "429.html", status=429)
            response["Retry-After"] = str(math.ceil(wait))
            response["Cache-Control"] = "no-store"
            return response

        return guarded

    return decorate
