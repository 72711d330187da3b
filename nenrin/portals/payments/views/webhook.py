"""What providers tell. 200 is given only after the commit: until then they call again."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from nenrin.engines.payments.contract import WebhookRefused
from nenrin.engines.payments.services.take_news import take_news

LARGEST = 256 * 1024


@csrf_exempt
@require_POST
def take(request: HttpRequest, provider: str) -> HttpResponse:
    """A signed call; the request's own transaction commits before the answer leaves."""
    length = request.headers.get("Content-Length", "0")
    if not length.isdecimal() or int(length) > LARGEST:
        return HttpResponse(status=413)
    try:
        take_news(provider=provider, body=request.body, headers=request.headers)
    except WebhookRefused:
        return HttpResponse(status=400)
    return HttpResponse("ok", content_type="text/plain")
