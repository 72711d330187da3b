"""The town's pages as an app: its manifest, its service worker, and what it shows offline."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from nenrin.core.areas.models import Shelter
from nenrin.core.ui.keeping import keep_for_everyone

from .places import draw, nearest
from .views import happening

WORKER_PARTS = Path(__file__).resolve().parent / "worker"
SHELL = (
    "ui/tokens.css",
    "ui/base.css",
    "ui/components.css",
    "ui/mark.svg",
    "ui/fonts.js",
    "ui/speak.js",
    "resident/outbox.js",
    "resident/answers.js",
    "resident/app.js",
    "resident/offline.js",
    "ui/tablet.css",
    "tablet/tablet.js",
)
ICONS = (("192", "any"), ("512", "any"), ("512", "maskable"))
PAPER = "#fffdf9"


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """How the app is called and looks on a home screen."""
    town = request.town  # type: ignore[attr-defined]
    content: dict[str, Any] = {
        "id": "/",
        "name": f"{town.name} 年輪",
        "short_name": town.name,
        "description": gettext("町からの知らせを受けとり、答えられます。"),
        "lang": "ja",
        "dir": "ltr",
        "start_url": "/?from=app",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {
                "src": static(f"resident/icons/{purpose}-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size, purpose in ICONS
        ],
    }
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    answer["Content-Type"] = "application/manifest+json"
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's parts as one script, so that all of it changes at once."""
    code = _worker_code()
    settings = {
        "version": hashlib.sha256((code + json.dumps(_shell())).encode()).hexdigest()[:12],
        "shell": _shell(),
        "offline": reverse("offline"),
        "icon": static("resident/icons/any-192.png"),
    }
    script = f"const settings = {json.dumps(settings)};\n{code}"
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What stands in for every page while there is no network: the latest, and the shelters.

    The same for everybody, so that it may be kept; the phone adds its own messages and distances.
    """
    places = nearest(Shelter.objects.all(), None)
    context = happening(request) | {"map": draw(places)}
    answer = render(request, "resident/offline.html", context)
    answer["X-Nenrin-At"] = timezone.now().isoformat()
    return keep_for_everyone(answer)


def _shell() -> list[str]:
    return [static(name) for name in SHELL]


@cache
def _worker_code() -> str:
    outbox = Path(__file__).resolve().parents[1] / "static" / "resident" / "outbox.js"
    parts = [outbox, *sorted(WORKER_PARTS.glob("*.js"))]
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)
