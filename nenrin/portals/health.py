"""Three addresses for machines: alive, ready, and how it goes.

They are answered before a town is looked for, so that they work under any host name and while the
database is away.
"""

import hmac
from collections.abc import Callable
from ipaddress import ip_address

import psycopg
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from nenrin.core.operations.doctor.database import pending_migrations
from nenrin.core.operations.doctor.jobs import live_workers
from nenrin.core.operations.metrics import exposition, gauges

View = Callable[[HttpRequest], HttpResponse]
GREETING = ("host", "port", "dbname", "user", "password", "options", "sslmode", "sslrootcert")
GREETING_SECONDS = 2
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP")


class HealthMiddleware:
    """Stands first in MIDDLEWARE and answers the three addresses itself."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = ADDRESSES.get(request.path)
        if view is None:
            return self._get_response(request)
        response = view(request) if request.method in ("GET", "HEAD") else HttpResponse(status=405)
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def healthz(request: HttpRequest) -> HttpResponse:
    """200 while this process can answer at all; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database, schema and worker are there; else 503 with the part that is not."""
    parts = {"database": False, "migrations": False, "worker": False}
    try:
        _greet_database()
        parts["database"] = True
        parts["migrations"] = not pending_migrations()
        parts["worker"] = live_workers() > 0
    except (Error, psycopg.Error):
        pass
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _greet_database() -> None:
    """Raise psycopg's error where the database does not answer; the pool would wait for seconds."""
    parameters = connection.get_connection_params()
    known = {name: parameters[name] for name in GREETING if parameters.get(name)}
    psycopg.connect(**known, connect_timeout=GREETING_SECONDS).close()


def metrics(request: HttpRequest) -> HttpResponse:
    """Gauges for Prometheus, for whoever has the token or, without one, sits on this machine."""
    if not _may_measure(request):
        return HttpResponse("Bearer NENRIN_METRICS_TOKEN\n", content_type="text/plain", status=403)
    return HttpResponse(exposition(gauges), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_measure(request: HttpRequest) -> bool:
    token = str(settings.NENRIN.metrics_token)
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    # Behind a proxy everyone seems to come from this machine: then only a token will do.
    if settings.SECURE_SSL_REDIRECT or any(name in request.META for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


ADDRESSES: dict[str, View] = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}
