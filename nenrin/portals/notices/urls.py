"""The notices' addresses."""

from django.urls import path

from . import staff_views, views

urlpatterns = [
    path("notices", views.listing, name="notices"),
    path("notices/<int:notice>", views.detail, name="notice"),
    path("notices/<int:notice>/confirm", views.confirm, name="notice_confirm"),
    path("staff/notices/", staff_views.listing, name="staff_notices"),
    path("staff/notices/new", staff_views.new, name="staff_notice_new"),
    path("staff/notices/<int:notice>/round", staff_views.round_progress, name="staff_circular"),
]
