"""Addresses of the counter."""

from django.urls import path

from .views import interview, people

MINE = "counter/preparations/<uuid:preparation>"
DESK = "staff/counter/preparations/<uuid:preparation>"

urlpatterns = [
    path("counter/", interview.home, name="counter"),
    path("counter/interviews/<slug:interview>", interview.start, name="counter_start"),
    path("counter/resume", interview.resume, name="counter_resume"),
    path("counter/c/<str:code>", interview.by_code, name="counter_code"),
    path(f"{MINE}/", interview.guide, name="counter_guide"),
    path(f"{MINE}/sheet.pdf", interview.print_sheet, name="counter_sheet"),
    path(f"{MINE}/erase", interview.erase, name="counter_erase"),
    path(f"{MINE}/parts/<slug:part>", interview.part, name="counter_part"),
    path(f"{MINE}/forms/<slug:slug>", interview.begin_form, name="counter_form"),
    path("staff/counter/people/", people.people, name="staff_counter_people"),
    path("staff/counter/interviews/<slug:interview>", people.begin, name="staff_counter_begin"),
    path(f"{DESK}/", people.one, name="staff_counter_preparation"),
    path(f"{DESK}/sheet.pdf", people.print_sheet, name="staff_counter_sheet"),
    path(f"{DESK}/parts/<slug:part>", people.part, name="staff_counter_part"),
    path(f"{DESK}/forms/<slug:slug>", people.begin_form, name="staff_counter_form"),
]
