"""All addresses; each portal brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from nenrin.portals.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("", include("nenrin.core.ui.urls")),
    path("", include("nenrin.portals.resident.urls")),
    path("", include("nenrin.portals.feeds.urls")),
    path("", include("nenrin.portals.tablet.urls")),
    path("staff/desk/", include("nenrin.portals.desk.urls")),
    path("staff/", include("nenrin.portals.staff.urls")),
    path("accounts/", include("allauth.urls")),
]
