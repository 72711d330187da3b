"""Search addresses."""

from django.urls import path

from . import views

urlpatterns = [
    path("search", views.public_search, name="search"),
    path("staff/search/", views.staff_search, name="staff_search"),
]
