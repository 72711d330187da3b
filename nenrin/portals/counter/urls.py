"""Addresses of the counter."""

from django.urls import path

from .views import bookings, day, desk, faces, figures, interview, people, settings, tickets

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
    path("counter/tickets/", tickets.listing, name="counter_tickets"),
    path("counter/tickets/take/<slug:service>", tickets.take, name="counter_take"),
    path("counter/tickets/<uuid:ticket>/", tickets.one, name="counter_ticket"),
    path("counter/tickets/<uuid:ticket>/cancel", tickets.cancel, name="counter_ticket_cancel"),
    path("counter/screen", tickets.screen, name="counter_screen"),
    path("counter/kiosk/<str:token>", tickets.kiosk, name="counter_kiosk"),
    path(
        "counter/kiosk/<str:token>/<uuid:ticket>",
        tickets.kiosk_ticket,
        name="counter_kiosk_ticket",
    ),
    path("counter/faces/<str:token>", faces.face, name="counter_face"),
    path("counter/bookings/", bookings.listing, name="counter_bookings"),
    path("counter/bookings/new/<slug:resource>", bookings.new, name="counter_booking_new"),
    path("counter/bookings/<uuid:booking>/", bookings.one, name="counter_booking"),
    path("counter/bookings/<uuid:booking>/cancel", bookings.cancel, name="counter_booking_cancel"),
    path("staff/counter/", desk.desk, name="staff_counter"),
    path("staff/counter/faces/<uuid:ticket>", desk.face, name="staff_counter_face"),
    path("staff/counter/asked/<str:token>", desk.asked, name="staff_counter_asked"),
    path("staff/counter/bookings/", day.day, name="staff_counter_bookings"),
    path("staff/counter/bookings/<uuid:booking>", day.act, name="staff_counter_booking"),
    path("staff/counter/figures/", figures.figures, name="staff_counter_figures"),
    path("staff/counter/figures.csv", figures.export, name="staff_counter_export"),
    path("staff/counter/settings/", settings.overview, name="staff_counter_settings"),
    path(
        "staff/counter/settings/services/<slug:code>",
        settings.service,
        name="staff_counter_service",
    ),
    path(
        "staff/counter/settings/windows/<slug:number>",
        settings.window,
        name="staff_counter_window",
    ),
    path(
        "staff/counter/settings/bookings/<slug:key>",
        settings.resource,
        name="staff_counter_resource",
    ),
]
