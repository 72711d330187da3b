"""Addresses of the API."""

from django.urls import path

from .application import api

urlpatterns = [path("api/v1/", api.urls)]
