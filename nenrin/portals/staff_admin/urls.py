"""The town hall's addresses for people, settings and the trail; all under ``/staff/``."""

from django.urls import path

from .views import audit, corrections, households, members, people, sending

urlpatterns = [
    path("households/", households.search, name="staff_households"),
    path("households/<int:household>/", households.show, name="staff_household"),
    path("people/<int:person>/invite", people.invite, name="staff_invite"),
    path("people/<int:person>/remove-sign-in", people.remove, name="staff_remove_sign_in"),
    path("people/<int:person>/end-sessions", people.end_all, name="staff_end_sessions"),
    path("people/<int:person>/consent", people.change_consent, name="staff_consent"),
    path("endpoints/<int:endpoint>/retire", people.retire, name="staff_retire_endpoint"),
    path("endpoints/<int:endpoint>/test", people.test, name="staff_test_endpoint"),
    path("corrections/", corrections.show, name="staff_corrections"),
    path("corrections/<int:asked>/settle", corrections.settle, name="staff_settle"),
    path("members/", members.show, name="staff_members"),
    path("members/new", members.add, name="staff_add_member"),
    path("members/<int:member>/", members.change, name="staff_change_member"),
    path("members/<int:member>/password", members.send_password, name="staff_send_password"),
    path("members/<int:member>/sessions", members.end_all, name="staff_end_member_sessions"),
    path("members/<int:member>/close", members.close, name="staff_close_member"),
    path("members/<int:member>/open", members.reopen, name="staff_open_member"),
    path("ladders/", sending.ladders, name="staff_ladders"),
    path("ladders/<int:severity>/", sending.ladder, name="staff_ladder"),
    path("rules/", sending.rules, name="staff_rules"),
    path("audit/", audit.show, name="staff_audit"),
]
