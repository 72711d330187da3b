"""Addresses of the feeds."""

from django.urls import path

from . import views

urlpatterns = [
    path("feed.atom", views.feed, name="feed"),
    path("cap/<uuid:message>.xml", views.cap, name="cap"),
]
