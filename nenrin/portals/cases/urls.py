"""Addresses of the desk that handles applications."""

from django.urls import path

from .views import batch, case, entering, figures, overview, queue, scans

urlpatterns = [
    path("staff/cases/", queue.listing, name="staff_cases"),
    path("staff/cases/batch", batch.act, name="staff_cases_batch"),
    path("staff/cases/handed", batch.handed, name="staff_cases_handed"),
    path("staff/cases/figures", figures.page, name="staff_cases_figures"),
    path("staff/cases/figures.csv", figures.table, name="staff_cases_figures_csv"),
    path("staff/cases/new", entering.new, name="staff_case_new"),
    path("staff/cases/<int:case>/", case.page, name="staff_case"),
    path(
        "staff/cases/typed/<uuid:application>/sections/<slug:section>",
        entering.section,
        name="staff_case_section",
    ),
    path("staff/cases/<int:case>/next", entering.next_stage, name="staff_case_next"),
    path("staff/cases/typed/<uuid:application>/scan", scans.keep, name="staff_case_scan"),
    path(
        "staff/cases/typed/<uuid:application>/scan/<int:scan>/<int:number>.jpg",
        scans.page,
        name="staff_case_scan_page",
    ),
    path("staff/cases/typed/<uuid:application>/review", entering.review, name="staff_case_review"),
    path("staff/procedures/", overview.listing, name="staff_procedures"),
]
