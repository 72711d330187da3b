"""What holds for every address of the API: CORS, 304, and errors that programs can read."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from .problems import MEDIA_TYPE, problem

PREFIX = "/api/v1/"
READING = "GET, HEAD, OPTIONS"
FRESH = "public, max-age=5"
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": READING,
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


class ApiMiddleware:
    """Stands outside the town's scope: an unknown town is told as a problem too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self._get_response(request)
        with translation.override("ja"):
            response = self._answer(request)
        for name, value in CORS.items():
            response.headers[name] = value
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return _preflight()
        method = request.method
        if method == "HEAD":
            # All is as for GET; the server leaves out the body.
            request.method = "GET"
        response = self._get_response(request)
        request.method = method
        if response.status_code >= 400:
            return _as_problem(response)
        return _unless_known(request, response)


def _preflight() -> HttpResponse:
    answer = HttpResponse(status=204, headers=PREFLIGHT | {"Allow": READING})
    del answer.headers["Content-Type"]
    return answer


def _as_problem(response: HttpResponse) -> HttpResponse:
    if response.headers["Content-Type"].startswith(MEDIA_TYPE):
        return response
    told = problem(response.status_code)
    if response.has_header("Allow"):
        told.headers["Allow"] = READING
    for name, value in response.headers.items():
        if name != "Content-Length":
            told.headers.setdefault(name, value)
    return told


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 where the reader has this very answer."""
    if "json" not in response.headers["Content-Type"]:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = FRESH
    changed = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    answer = get_conditional_response(request, etag, changed, response)
    if answer is None:
        return response
    answer.headers["Cache-Control"] = FRESH
    return answer
