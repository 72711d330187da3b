"""Signing in, in a real browser: passkeys by a virtual authenticator, codes by real mail."""

import re

import pytest
from allauth.account.models import EmailAddress

from nenrin.cli.install import install_town, own_channels
from nenrin.core.accounts.models import User
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.people.models import Invitation, Person
from nenrin.core.people.services.issue_invitation import issue_invitation
from nenrin.core.tenancy.scope import town_scope

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
        return Person.objects.filter(household__isnull=False, is_head=True).first()


def _linked_person(email, name):
    user = User.objects.create_user(email, name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    Person.objects.create(number="X1", family_name=name, given_name="", user=user)


def _sign_out(page):
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="サインアウトする").click()
    page.wait_for_url(re.compile(r"/$"))


def test_staff_add_a_passkey_and_come_back_with_it_alone(page, staff, authenticator):
    page.goto("/staff/")
    page.get_by_label("メールアドレス").fill(EMAIL)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="サインインする").click()
    page.wait_for_url("**/2fa/")
    page.get_by_role("link", name="パスキーを加える").click()
    page.get_by_role("button", name="パスキーを作る").click()
    page.wait_for_url("**/recovery-codes/**")
    page.get_by_role("link", name="職員のページへ").click()
    page.wait_for_url("**/staff/")
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
    page.wait_for_url("**/login/code/confirm/")
    code = re.search(r"\b\d{6}\b", mailbox.newest_to(address))
    page.get_by_label("番号").fill(code[0])
    page.get_by_role("button", name="サインインする").click()
    page.wait_for_url("**/my/")


def test_a_resident_is_invited_signs_in_by_mail_and_then_by_passkey(
    page, live_town, resident, authenticator
):
    with live_town.scope():
        invitation, code = issue_invitation(
            person=resident,
            kind=Invitation.Kind.SIGN_IN,
            email="haru@example.invalid",
            acting_user="tester",
        )
    page.goto(f"/join/{code}")
    page.get_by_label("生年月日").fill(resident.birth_date.isoformat())
    page.get_by_role("button", name="用意する").click()
    page.wait_for_url("**/my/devices/")
    _sign_out(page)

    _sign_in_by_mail(page, live_town.mailbox, invitation.email)
    page.goto("/my/devices/")
    page.get_by_role("link", name="パスキーを加える").click()
    page.get_by_role("button", name="パスキーを作る").click()
    page.wait_for_url("**/my/devices/")
    _sign_out(page)

    page.goto("/accounts/login/")
    page.get_by_role("button", name="パスキーでサインイン").click()
    page.wait_for_url("**/my/")
    assert page.get_by_role("heading", level=1).inner_text().startswith(resident.family_name)


def test_a_passkey_that_is_not_used_is_told_in_words(page, authenticator):
    page.goto("/accounts/login/")
    page.get_by_role("button", name="パスキーでサインイン").click()
    page.get_by_text("パスキーが使われませんでした").wait_for()


def test_the_same_address_signs_in_in_two_towns_each_at_its_own_host(page, live_town):
    mail = live_town.mail_channel
    neighbour = install_town("063622", own_channels() | {"email": mail})
    for code, name in ((live_town.code, "金山の人"), (neighbour.code, "最上の人")):
        with town_scope(code):
            _linked_person("both@example.invalid", name)
    for host, name in (("kaneyama", "金山の人"), ("mogami", "最上の人")):
        page.context.clear_cookies()
        page.goto(f"http://{host}.localhost:{live_town.port}/accounts/login/code/")
        page.get_by_label("メールアドレス").fill("both@example.invalid")
        page.get_by_role("button", name="番号を送る").click()
        page.wait_for_url("**/login/code/confirm/")
        code = re.search(r"\b\d{6}\b", live_town.mailbox.newest_to("both@example.invalid"))
        page.get_by_label("番号").fill(code[0])
        page.get_by_role("button", name="サインインする").click()
        page.wait_for_url("**/my/")
        assert name in page.get_by_role("heading", level=1).inner_text()
        live_town.mailbox.mails.clear()
