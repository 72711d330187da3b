"""Shelters' addresses: the residents' page, and the town hall's."""

from django.urls import path

from . import views

urlpatterns = [
    path("shelters", views.public_list, name="shelters"),
    path("staff/shelters", views.staff_list, name="staff_shelters"),
    path("staff/shelters/open", views.open_one, name="staff_shelter_open"),
    path("staff/shelters/<int:opening>", views.count, name="staff_shelter"),
    path("staff/shelters/<int:opening>/close", views.close, name="staff_shelter_close"),
    path("staff/shelters/places/<int:shelter>", views.describe, name="staff_shelter_describe"),
]
