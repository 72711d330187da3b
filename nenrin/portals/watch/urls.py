"""The watch's addresses."""

from django.urls import path

from . import views

urlpatterns = [
    path("staff/watch/", views.board, name="staff_watch"),
    path("staff/watch/concerns/<int:concern>/", views.move, name="staff_concern"),
    path("staff/watch/plans/", views.plan, name="staff_watch_plan"),
]
