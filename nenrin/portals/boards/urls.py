"""The reach boards' addresses."""

from django.urls import path

from . import household_views, reach_views, visit_views, visitor_views

urlpatterns = [
    path("staff/reach", reach_views.message_list, name="staff_reach_list"),
    path("staff/messages/<uuid:message>/", reach_views.reach, name="staff_reach"),
    path("staff/messages/<uuid:message>/report.pdf", reach_views.report, name="staff_report"),
    path(
        "staff/messages/<uuid:message>/households/<str:number>",
        household_views.household_page,
        name="staff_reach_household",
    ),
    path("staff/messages/<uuid:message>/visits", visit_views.visits, name="staff_visits"),
    path("staff/messages/<uuid:message>/visits.pdf", visit_views.paper, name="staff_visits_pdf"),
    path("staff/messages/<uuid:message>/visits/link", visit_views.link, name="staff_visit_link"),
    path("visit/<str:token>", visitor_views.visitor_list, name="visitor_list"),
]
