from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.core.messaging.models import Delivery
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.people.models import Person
from nenrin.portals.resident.year import MONTHS, year_of


@pytest.fixture
def person(small_town):
    for number in range(3):
        release_message(message=make_message(title=f"知らせ{number}"), acting_user="tester")
    one = Delivery.objects.filter(endpoint__person__isnull=False).first()
    return one.endpoint.person


def test_messages_read_and_confirmed_by_month(person):
    now = timezone.now()
    mine = Delivery.objects.filter(endpoint__person=person)
    messages = list(mine.order_by("pk").values_list("message", flat=True).distinct())[:3]
    mine.filter(message__in=messages[:2]).update(opened_at=now)
    mine.filter(message=messages[0]).update(confirmed_at=now)
    mine.filter(message=messages[2]).update(opened_at=now - timedelta(days=800))
    year = year_of(person)
    assert len(year.months) == MONTHS and len(year.widths) == MONTHS
    assert (year.read, year.confirmed) == (2, 1)
    assert (year.months[-1].read, year.months[-1].confirmed) == (2, 1)


def test_a_quiet_year_still_has_rings(person):
    year = year_of(person)
    assert (year.read, year.confirmed) == (0, 0) and min(year.widths) > 0


@pytest.fixture
def client(person):
    user = User.objects.create_user("resident@example.jp", name="町民")
    Person.objects.filter(pk=person.pk).update(user=user)
    made = Client()
    made.force_login(user)
    return made


def test_home_of_someone_signed_in_shows_their_year_and_is_theirs_alone(client):
    answer = client.get("/")
    assert "ことしの年輪" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Nenrin-Keep"].startswith("account ")


def test_the_household_card_names_the_family_and_the_way(client, person):
    page = client.get("/card").content.decode()
    assert person.given_name in page and "km" in page
    assert Client().get("/card").status_code == 302


def test_a_signed_in_resident_answers_on_the_public_page(client, person):
    message = make_message(title="川の知らせ")
    release_message(message=message, acting_user="tester")
    answer = client.post(f"/m/{message.pk}", {"answer": "safe", "person": person.pk}, follow=True)
    assert "役場に伝わりました" in answer.content.decode()
    assert message.answers.get().person_id == person.pk
    assert Client().post(f"/m/{message.pk}", {"answer": "safe"}).status_code == 404
