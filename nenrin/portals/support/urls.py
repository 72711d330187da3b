"""Addresses of the support visits."""

from django.urls import path

from . import views

urlpatterns = [
    path("support", views.ask, name="support"),
    path("staff/support/", views.desk, name="staff_support"),
    path("staff/support/<int:asked>/", views.one, name="staff_support_request"),
]
