import pytest
from django.core import mail
from django.test import Client

from nenrin.core.accounts.models import User
from nenrin.core.people.models import Invitation
from nenrin.core.people.services.issue_invitation import issue_invitation
from nenrin.core.people.tests.homes import make_home
from nenrin.core.tenancy.services.create_town import create_town

BORN, OTHER = {"birth_date": "昭和25年1月2日"}, {"birth_date": "S30.1.1"}


@pytest.fixture
def taro(town):
    return make_home()[0]


def _link(person, email="taro@example.invalid"):
    kind = Invitation.Kind.SIGN_IN
    made = issue_invitation(person=person, kind=kind, email=email, acting_user="tester")
    return f"/join/{made[1]}"


def test_opening_the_link_changes_nothing_and_names_nobody(taro):
    answer = Client().get(_link(taro))
    assert "太郎" not in answer.content.decode() and not User.objects.exists()
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_the_birth_date_opens_it_and_signs_in(taro):
    client, link = Client(), _link(taro)
    assert client.post(link, BORN).headers["Location"] == "/my/devices/"
    assert "髙橋 太郎" in client.get("/my/").content.decode()
    again = Client().get(link)
    assert again.status_code == 410 and "もう使われた" in again.content.decode()


def test_a_wrong_date_is_told_and_counted(taro):
    client, link = Client(), _link(taro)
    answers = [client.post(link, OTHER) for _ in range(5)]
    assert "合いません" in answers[0].content.decode() and answers[0].status_code == 400
    assert client.post(link, BORN).status_code == 410
    assert not User.objects.exists()


def test_what_is_no_date_is_told_and_not_counted(taro):
    link = _link(taro)
    assert "昭和25年" in Client().post(link, {"birth_date": "きのう"}).content.decode()
    assert Invitation.objects.get().failures == 0


def test_a_printed_code_leads_to_a_mailed_one(taro):
    printed = _link(taro, email="")
    asked = Client().post(printed, BORN | {"email": "taro@example.invalid"})
    assert "メールを送りました" in asked.content.decode() and not User.objects.exists()
    path = mail.outbox[0].body.partition("//")[2].partition("/")[2].split()[0]
    assert Client().post(f"/{path}", BORN).status_code == 302
    assert Client().get(printed).status_code == 410


def test_an_address_in_use_must_sign_in_first(taro):
    User.objects.create_user("taro@example.invalid", name="職員", kind=User.Kind.STAFF)
    answer = Client().post(_link(taro), BORN)
    assert answer.status_code == 409 and "先にサインイン" in answer.content.decode()


def test_trying_codes_is_slowed_down(taro):
    client = Client()
    codes = [client.post(f"/join/guess-{at}").status_code for at in range(22)]
    assert codes[0] == 404 and codes[-1] == 429


def test_a_code_of_one_town_opens_nothing_in_another(taro):
    create_town(code="063622")
    assert Client().get(_link(taro), HTTP_HOST="mogami.localhost").status_code == 404
