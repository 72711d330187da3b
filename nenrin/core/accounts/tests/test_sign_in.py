"""Signing in without a browser: one address in two towns, and what a mailbox alone may open."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from nenrin.core.accounts.models import User
from nenrin.core.tenancy.scope import town_scope
from nenrin.core.tenancy.services.create_town import create_town

ADDRESS = "haru@example.invalid"
HOSTS = {"063614": "kaneyama.localhost", "063622": "mogami.localhost"}


def _resident(name="春"):
    user = User.objects.create_user(ADDRESS, name=name)
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    return user


@pytest.fixture
def in_two_towns(town):
    made = {town.code: _resident("金山の春")}
    mogami = create_town(code="063622")
    with town_scope(mogami.code):
        made[mogami.code] = _resident("最上の春")
    return made


def _ask_for_code(client, host):
    client.post("/accounts/login/code/", {"email": ADDRESS}, HTTP_HOST=host)


@pytest.mark.parametrize("code", HOSTS)
def test_the_same_address_signs_in_at_each_towns_own_host(in_two_towns, code):
    client, host = Client(), HOSTS[code]
    _ask_for_code(client, host)
    number = re.search(r"\b\d{6}\b", mail.outbox[0].body)[0]
    client.post("/accounts/login/code/confirm/", {"code": number}, HTTP_HOST=host)
    assert client.session["_auth_user_id"] == str(in_two_towns[code].pk)
    assert in_two_towns["063614"].pk != in_two_towns["063622"].pk


def test_a_session_of_one_town_is_nobodys_in_the_other(in_two_towns):
    client = Client()
    client.force_login(
        in_two_towns["063614"], "allauth.account.auth_backends.AuthenticationBackend"
    )
    signed_in = client.get("/accounts/2fa/", HTTP_HOST=HOSTS["063614"])
    elsewhere = client.get("/accounts/2fa/", HTTP_HOST=HOSTS["063622"])
    assert (signed_in.status_code, elsewhere.status_code) == (200, 302)


def test_within_a_town_a_verified_address_is_one_persons(town):
    _resident()
    other = User.objects.create_user("aki@example.invalid", name="秋")
    with pytest.raises(IntegrityError), transaction.atomic():
        EmailAddress.objects.create(user=other, email=ADDRESS, verified=True)


def test_the_mail_names_the_town_and_no_address_is_told_apart(in_two_towns):
    known, unknown = Client(), Client()
    host = HOSTS["063622"]
    _ask_for_code(known, host)
    page = unknown.post(
        "/accounts/login/code/", {"email": "nobody@example.invalid"}, HTTP_HOST=host
    )
    assert page.headers["Location"] == "/accounts/login/code/confirm/"
    assert [sent.subject for sent in mail.outbox] == ["【最上町】サインインの番号"]


def test_a_mailbox_alone_does_not_open_a_staff_sign_in(town):
    User.objects.create_user(ADDRESS, "x" * 16, name="職員", kind=User.Kind.STAFF)
    client = Client()
    _ask_for_code(client, HOSTS["063614"])
    assert mail.outbox == []


def test_codes_are_asked_for_only_so_often(town):
    _resident()
    for _ in range(6):
        _ask_for_code(Client(), HOSTS["063614"])
    assert len(mail.outbox) == 3


def test_a_wrong_code_may_be_tried_three_times(town):
    _resident()
    client = Client()
    _ask_for_code(client, HOSTS["063614"])
    number = re.search(r"\b\d{6}\b", mail.outbox[0].body)[0]
    wrong = "000000" if number != "000000" else "111111"
    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": wrong})
    client.post("/accounts/login/code/confirm/", {"code": number})
    assert "_auth_user_id" not in client.session


def test_a_password_is_for_staff_and_nobody_changes_an_address_alone(town):
    resident = _resident()
    client = Client()
    client.post("/accounts/password/reset/", {"email": ADDRESS})
    assert mail.outbox == []
    client.force_login(resident, "allauth.account.auth_backends.AuthenticationBackend")
    for page in ("/accounts/email/", "/accounts/password/set/"):
        assert client.get(page).status_code == 404
        assert client.post(page, {"email": "x@example.invalid"}).status_code == 404
