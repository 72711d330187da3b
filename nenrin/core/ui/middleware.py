"""What every page carries: safe headers, the reader's language and, where asked, furigana."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from nenrin.core.language.furigana import annotate_page

from .switches import read_switches

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)


class ContentSecurityPolicyMiddleware:
    """Nothing inline, nothing from elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class ReaderMiddleware:
    """Answers in the reader's language and puts furigana over the words if they ask for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        switches = read_switches(request)
        with translation.override(switches.language):
            response = self._get_response(request)
        if switches.furigana and switches.language == "ja" and _is_page(response):
            response.content = annotate_page(response.content.decode()).encode()
            if response.has_header("Content-Length"):
                response.headers["Content-Length"] = str(len(response.content))
        return response


def _is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith(
        "text/html"
    )
