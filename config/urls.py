"""All addresses; each portal brings its own."""

from django.urls import URLPattern, URLResolver, path

from nenrin.portals.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
]
