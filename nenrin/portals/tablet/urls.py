"""The tablet's addresses; ``/tablet/stream`` is the device portal's."""

from django.urls import path

from . import views

urlpatterns = [
    path("tablet", views.home, name="tablet_home"),
    path("tablet/well", views.say_well, name="tablet_well"),
    path("tablet/call", views.ask_for_call, name="tablet_call"),
    path("tablet/pair/<str:code>", views.pair, name="tablet_pair"),
    path("staff/households/<str:household>/tablet", views.show_code, name="staff_pair_tablet"),
]
