"""The residents' addresses."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("doors/<slug:key>", views.door, name="door"),
    path("settings", views.settings_page, name="settings"),
    path("m/<uuid:message>", views.public_message, name="public_message"),
    path("m/<str:token>", views.delivered_message, name="delivered_message"),
]
