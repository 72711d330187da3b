import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from nenrin.core.accounts.models import User
from nenrin.core.accounts.services.end_sessions import end_sessions
from nenrin.core.messaging.models import Endpoint
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.people.models import Household
from nenrin.demo.services.load_staff import demo_sign_ins, load_demo_staff


@pytest.fixture
def staff(small_town):
    load_demo_staff(seed="test")
    return demo_sign_ins("test")[0]


@pytest.fixture
def signed_in(staff):
    client = Client()
    credentials = {"login": staff.email, "password": staff.password}
    asked = client.post("/accounts/login/", credentials, follow=True)
    assert asked.redirect_chain[-1][0].startswith("/accounts/2fa/authenticate")
    code = format_hotp_value(hotp_value(staff.totp_secret, int(time.time()) // 30))
    client.post("/accounts/2fa/authenticate/", {"code": code})
    return client


def test_without_a_sign_in_there_is_no_way_in(small_town):
    answer = Client().get("/staff/")
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")


def test_a_password_alone_is_not_enough(staff):
    client = Client()
    client.post("/accounts/login/", {"login": staff.email, "password": staff.password})
    assert client.get("/staff/").status_code == 302


def test_password_and_code_open_the_staff_page(signed_in):
    page = signed_in.get("/staff/")
    assert page.status_code == 200 and "職員のページ" in page.content.decode()


def test_staff_without_a_second_factor_must_set_one_up(small_town):
    section = Section.objects.create(code="x", name="総務課")
    user = User.objects.create_user("new@kaneyama.invalid", "x" * 16, name="新人", kind="staff")
    StaffMember.objects.create(user=user, section=section, post="主事")
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get("/staff/")
    assert answer.status_code == 302 and answer.headers["Location"] == "/accounts/2fa/"


def test_a_resident_is_refused(small_town):
    user = User.objects.create_user("resident@example.invalid", name="町民")
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/staff/").status_code == 403


def test_guessing_passwords_is_stopped(staff):
    client = Client()
    wrong = {"login": staff.email, "password": "not the password"}
    seen = [client.post("/accounts/login/", wrong) for _ in range(8)]
    stopped = seen[-1].content.decode()
    assert seen[-1].status_code == 429 or "Too many" in stopped or "連続" in stopped


def test_ended_sessions_are_signed_out(signed_in, staff):
    user = User.objects.get(email=staff.email)
    assert end_sessions(user=user, acting_user="tester") >= 1
    assert signed_in.get("/staff/").status_code == 302


def test_a_tablet_is_paired_once_by_the_code_that_staff_show(signed_in):
    household = Household.objects.first()
    page = signed_in.get(f"/staff/households/{household.number}/tablet")
    path = page.context["link"].partition("//")[2].partition("/")[2]
    tablet = Client()
    assert "登録する" in tablet.get(f"/{path}").content.decode()
    done = tablet.post(f"/{path}")
    assert done.status_code == 302 and done.cookies["nenrin_tablet"]["httponly"]
    assert Endpoint.objects.filter(household=household, kind="tablet").exists()
    again = Client().post(f"/{path}")
    assert again.status_code == 400 and "もう使われました" in again.content.decode()


def test_a_made_up_code_pairs_nothing(small_town):
    before = Endpoint.objects.count()
    assert Client().post("/tablet/pair/abc:def:ghi").status_code == 400
    assert Endpoint.objects.count() == before
