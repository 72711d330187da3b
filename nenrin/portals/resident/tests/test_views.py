import pytest
from django.db.models import Count
from django.test import Client

from nenrin.core.accounts.models import User
from nenrin.core.messaging.models import Delivery
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.tokens import delivery_token
from nenrin.core.people.models import Household, Person


@pytest.fixture
def delivery(small_town):
    release_message(message=make_message(), acting_user="tester")
    return Delivery.objects.filter(channel__kind="webpush").first()


@pytest.fixture
def link(delivery):
    return f"/m/{delivery_token('063614', delivery.pk)}"


def test_home_is_calm_when_nothing_is_out(small_town):
    answer = Client().get("/")
    assert "出ている警報はありません" in answer.content.decode()
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_home_shows_what_is_out_and_no_drill(small_town):
    release_message(message=make_message(title="本当の知らせ"), acting_user="tester")
    release_message(message=make_message(title="練習", is_drill=True), acting_user="tester")
    page = Client().get("/").content.decode()
    assert "本当の知らせ" in page and "練習" not in page


def test_reading_opens_and_answering_confirms(delivery, link):
    client = Client()
    assert "無事です" in client.get(link).content.decode()
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.OPENED
    answered = client.post(link, {"answer": "help", "words": "二階にいます"}, follow=True)
    assert "役場に伝わりました" in answered.content.decode()
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.CONFIRMED
    assert delivery.message.answers.get().words == "二階にいます"


def test_a_wrong_answer_is_told_and_nothing_is_kept(delivery, link):
    answer = Client().post(link, {"answer": "maybe"})
    assert answer.status_code == 400 and "選んでください" in answer.content.decode()
    assert not delivery.message.answers.exists()


def test_the_link_of_a_person_is_kept_from_others(link):
    answer = Client().get(link)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("token", ["x", "063614-zz-aaaaaaaaaaaaaaaa", "../etc"])
def test_a_broken_link_says_what_to_do(small_town, token):
    answer = Client().get(f"/m/{token}")
    assert answer.status_code == 404
    assert "もう一度" in answer.content.decode()


def test_another_towns_host_does_not_know_the_link(delivery, link):
    answer = Client().get(link, HTTP_HOST="mogami.localhost")
    assert answer.status_code == 404


def test_a_drill_is_unmistakable(small_town):
    message = make_message(is_drill=True)
    release_message(message=message, acting_user="tester")
    assert (
        "訓練です。本当の知らせではありません。"
        in Client().get(f"/m/{message.pk}").content.decode()
    )


def test_the_feed_is_atom_with_the_message(small_town):
    release_message(message=make_message(title="川の知らせ"), acting_user="tester")
    answer = Client().get("/feed.atom")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert "川の知らせ" in answer.content.decode()


def test_what_is_for_one_person_is_not_read_by_the_family(small_town):
    home = (
        Household.objects.annotate(living=Count("persons")).filter(living__gte=2).order_by("pk")[0]
    )
    mine, other = _signed_in(home, "a"), _signed_in(home, "b")
    message = make_message(persons=[mine[1].pk], asks_safety=False)
    release_message(message=message, acting_user="t")
    assert mine[0].get(f"/m/{message.pk}").status_code == 200
    assert other[0].get(f"/m/{message.pk}").status_code == 404
    assert Client().get(f"/m/{message.pk}").status_code == 404


def _signed_in(home, name):
    person = Person.objects.filter(household=home, user=None, left_on=None).first()
    person.user = User.objects.create_user(f"{name}@example.invalid", name=name)
    person.save(update_fields=["user"])
    client = Client()
    client.force_login(person.user)
    return client, person
