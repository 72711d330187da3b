"""Addresses of 「わたし」."""

from django.urls import path

from .views import data, devices, family, invitation
from .views.preferences import preferences

urlpatterns = [
    path("my/", data.home, name="my_home"),
    path("my/devices/", devices.show, name="my_devices"),
    path("my/devices/mail", devices.add_mail, name="my_add_mail"),
    path("my/devices/<int:endpoint>/retire", devices.retire, name="my_retire_device"),
    path("my/devices/<int:endpoint>/preferences", preferences, name="my_preferences"),
    path("my/devices/<int:endpoint>/test", devices.test, name="my_test_device"),
    path("my/sessions/<int:session>/end", devices.end, name="my_end_session"),
    path("my/passkeys/new", devices.add_passkey, name="my_add_passkey"),
    path("my/family/", family.show, name="my_family"),
    path("my/family/invite", family.invite, name="my_invite_family"),
    path("my/family/<int:relation>/end", family.end, name="my_end_watching"),
    path("my/family/invitations/<int:invitation>/close", family.close, name="my_close_invitation"),
    path("my/data/", data.show, name="my_data"),
    path("my/data/download", data.download, name="my_download"),
    path("my/data/correction", data.correct, name="my_correct"),
    path("my/consents/<slug:purpose>", data.change_consent, name="my_consent"),
    path("join/<str:code>", invitation.join, name="invitation"),
]
