"""All addresses; each portal brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from nenrin.core.accounts.views import closed

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("nenrin.core.ui.urls")),
    path("", include("nenrin.portals.resident.urls")),
    path("", include("nenrin.portals.api.urls")),
    path("", include("nenrin.portals.account.urls")),
    path("", include("nenrin.portals.feeds.urls")),
    path("", include("nenrin.portals.identity.urls")),
    path("", include("nenrin.portals.boards.urls")),
    path("", include("nenrin.residents.safety.urls")),
    path("", include("nenrin.residents.shelters.urls")),
    path("", include("nenrin.portals.files.urls")),
    path("", include("nenrin.portals.editor.urls")),
    path("", include("nenrin.portals.tablet.urls")),
    path("staff/desk/", include("nenrin.portals.desk.urls")),
    path("", include("nenrin.portals.notices.urls")),
    path("", include("nenrin.portals.catalogue.urls")),
    path("", include("nenrin.portals.plan.urls")),
    path("", include("nenrin.portals.procedures.urls")),
    path("", include("nenrin.portals.cases.urls")),
    path("", include("nenrin.portals.counter.urls")),
    path("", include("nenrin.portals.payments.urls")),
    path("", include("nenrin.portals.search.urls")),
    path("", include("nenrin.portals.support.urls")),
    path("", include("nenrin.portals.watch.urls")),
    path("staff/", include("nenrin.portals.staff.urls")),
    path("staff/", include("nenrin.portals.staff_admin.urls")),
    path("accounts/email/", closed, name="closed_email"),
    path("accounts/password/set/", closed, name="closed_set_password"),
    path("accounts/", include("allauth.urls")),
]
