"""The town hall's addresses."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="staff_home"),
    path("messages/<uuid:message>/", views.reach, name="staff_reach"),
]
