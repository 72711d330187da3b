"""The residents' addresses."""

from django.urls import path

from . import alert, card, pwa, receive, views

urlpatterns = [
    path("", views.home, name="home"),
    path("doors/<slug:key>", views.door, name="door"),
    path("settings", views.settings_page, name="settings"),
    path("card", card.household_card, name="household_card"),
    path("m/<uuid:message>", alert.public_message, name="public_message"),
    path("m/<str:token>", alert.delivered_message, name="delivered_message"),
    path("m/<str:token>/answer", alert.take_answer, name="take_answer"),
    path("receive", receive.page, name="receive"),
    path("receive/on", receive.switch_on, name="receive_on"),
    path("receive/off", receive.switch_off, name="receive_off"),
    path("receive/test", receive.test, name="receive_test"),
    path("receive/state", receive.state, name="receive_state"),
    path("receive/renew", receive.renew, name="receive_renew"),
    path("staff/households/<str:household>/receive", receive.show_code, name="staff_receive_code"),
    path("offline", pwa.offline, name="offline"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("sw.js", pwa.service_worker, name="service_worker"),
]
