"""Signing in, in a real browser: passkeys by a virtual authenticator, codes by real mail."""

import re

import pytest

from nenrin.core.accounts.models import User
from nenrin.core.organization.models import Section, StaffMember

EMAIL, PASSWORD = "yuki@kaneyama.invalid", "sugi-no-nenrin-2026"


@pytest.fixture
def authenticator(page):
    """A phone's fingerprint reader, in the browser's own terms."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture(scope="module")
def staff(live_town):
    with live_town.scope():
        user = User.objects.create_user(EMAIL, PASSWORD, name="雪 担当", kind=User.Kind.STAFF)
        section = Section.objects.create(code="j1", name="総務課")
        return StaffMember.objects.create(user=user, section=section, post="主事")


@pytest.fixture(scope="module")
def resident(live_town):
    with live_town.scope():
        return User.objects.create_user("haru@example.invalid", name="春")


def _sign_out(page):
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="サインアウトする").click()
    page.wait_for_url(re.compile(r"/$"))


def test_staff_add_a_passkey_and_come_back_with_it_alone(page, staff, authenticator):
    page.goto("/staff/")
    page.get_by_label("メールアドレス").fill(EMAIL)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="サインインする").click()
    page.wait_for_url("**/2fa/**")
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_role("button", name="パスキーを作る").click()
    page.wait_for_url("**/recovery-codes/**")
    _sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="パスキーでサインイン").click()
    page.wait_for_url("**/staff/")
    assert page.get_by_role("heading", level=1).is_visible()


def _sign_in_by_mail(page, mailbox, address):
    page.goto("/accounts/login/")
    page.get_by_role("link", name="メールで番号を受け取る").click()
    page.get_by_label("メールアドレス").fill(address)
    page.get_by_role("button", name="番号を送る").click()
    code = re.search(r"\b\d{6}\b", mailbox.newest_to(address))
    page.get_by_label("番号").fill(code[0])
    page.get_by_role("button", name="サインインする").click()


def test_a_resident_signs_in_by_mail_and_then_by_passkey(page, live_town, resident, authenticator):
    _sign_in_by_mail(page, live_town.mailbox, resident.email)
    page.wait_for_url("**/my/")
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_role("button", name="パスキーを作る").click()
    page.wait_for_url("**/recovery-codes/**")
    _sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="パスキーでサインイン").click()
    page.wait_for_url("**/my/")
