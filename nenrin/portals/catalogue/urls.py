"""The catalogue's address."""

from django.urls import path

from . import views

urlpatterns = [path("staff/catalogue/", views.catalogue, name="staff_catalogue")]
