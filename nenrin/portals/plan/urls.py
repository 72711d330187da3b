"""The plan's addresses: the staff's board and the public page."""

from django.urls import path

from . import views

urlpatterns = [
    path("plan", views.public_plan, name="public_plan"),
    path("staff/plan/", views.board, name="staff_plan"),
    path("staff/plan/goals/<slug:key>/", views.goal_page, name="staff_goal"),
    path("staff/plan/steps/<int:step>/", views.step, name="staff_step"),
    path("m/<str:token>/rating", views.rate_message, name="rate_message"),
]
