"""Addresses of the desk that handles applications."""

from django.urls import path

from .views import case, entering, overview, queue

urlpatterns = [
    path("staff/cases/", queue.listing, name="staff_cases"),
    path("staff/cases/batch", queue.batch, name="staff_cases_batch"),
    path("staff/cases/new", entering.new, name="staff_case_new"),
    path("staff/cases/<int:case>/", case.page, name="staff_case"),
    path(
        "staff/cases/typed/<uuid:application>/sections/<slug:section>",
        entering.section,
        name="staff_case_section",
    ),
    path("staff/cases/typed/<uuid:application>/review", entering.review, name="staff_case_review"),
    path("staff/procedures/", overview.listing, name="staff_procedures"),
]
