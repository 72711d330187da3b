"""Addresses of the switches."""

from django.urls import path

from .views import turn_switch

urlpatterns = [path("switch", turn_switch, name="turn_switch")]
