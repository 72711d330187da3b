"""The safety board's addresses."""

from django.urls import path

from . import views

urlpatterns = [
    path("staff/safety", views.board, name="staff_safety"),
    path("staff/safety/<uuid:message>", views.board, name="staff_safety_of"),
    path("staff/safety/cases/<int:case>", views.case_page, name="staff_safety_case"),
]
