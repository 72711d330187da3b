"""Told at home, gone on with at the counter: nothing is written twice or left behind."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.residents.counter.models import Preparation
from nenrin.residents.counter.services.erase_old import erase_old
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.tests.factories import publish, shipped

HOUSEHOLD = {"household": "same", "children": "no", "water": "no", "dog": "no"}
ANSWERS = HOUSEHOLD | {"building": "none", "snow": "no"}
FACTS = {
    "applicant.family": "杉山", "applicant.given": "花子",
    "applicant.family_kana": "スギヤマ", "applicant.given_kana": "ハナコ",
    "telephone": "0233-52-1111",
}  # fmt: skip

ASKED = {"_asked": ["applicant", "birth", "home", "telephone", "email", "day", "next_home"]}


@pytest.fixture
def prepared(town, client):
    """Somebody told at home that they moved within the town, and wrote their name once."""
    publish("move-within")
    asked = client.post("/counter/interviews/moving-within")
    client.post(asked.url, ANSWERS | {"_asked": list(ANSWERS)})
    preparation = Preparation.objects.get()
    client.post(f"/counter/preparations/{preparation.pk}/parts/facts", FACTS | ASKED)
    return preparation


def test_the_guide_says_what_applies_and_keeps_what_was_written_sealed(client, prepared):
    page = client.get(f"/counter/preparations/{prepared.pk}/")
    text = page.content.decode()
    assert "転居届の予約と下書き" in text and "杉山 花子" in text and "<svg" in text
    prepared.refresh_from_db()
    assert "杉山" not in prepared.sealed and len(prepared.sealed) > 200
    sheet = client.get(f"/counter/preparations/{prepared.pk}/sheet.pdf")
    assert sheet.content.startswith(b"%PDF-")


def test_nobody_else_opens_it_and_the_code_does(client, prepared):
    code = client.session["preparation_codes"][str(prepared.pk)]
    stranger = Client()
    assert stranger.get(f"/counter/preparations/{prepared.pk}/").status_code == 404
    assert stranger.post("/counter/resume", {"code": "AAAA-BBBB"}).status_code == 400
    assert stranger.post("/counter/resume", {"code": code.lower()}).status_code == 302
    assert stranger.get(f"/counter/preparations/{prepared.pk}/").status_code == 200
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    for typed in (wide, f"https://town.example/counter/c/{code}/"):
        assert Client().post("/counter/resume", {"code": typed}).status_code == 302


def test_a_form_begun_from_it_holds_what_was_written_once(client, prepared):
    begun = client.post(f"/counter/preparations/{prepared.pk}/forms/move-within")
    application = Application.objects.get()
    assert begun.url.startswith(f"/procedures/applications/{application.pk}/")
    first = client.get(f"/procedures/applications/{application.pk}/sections/applicant")
    text = first.content.decode().replace("-", "")
    assert "杉山" in text and "0233521111" in text
    client.post(f"/counter/preparations/{prepared.pk}/forms/move-within")
    assert Application.objects.count() == 1


def test_a_form_begun_at_home_is_gone_on_with_at_the_counter(client, prepared, staff_client):
    client.post(f"/counter/preparations/{prepared.pk}/forms/move-within")
    at_the_counter = f"/staff/counter/preparations/{prepared.pk}/"
    staff_client.post(at_the_counter, {"act": "identify"})
    section = staff_client.post(f"{at_the_counter}forms/move-within").url
    assert "杉山" in staff_client.get(section).content.decode()
    application = Application.objects.get()
    assert (application.mouth, application.identity) == ("counter", "desk")
    assert client.get(f"/procedures/applications/{application.pk}/").status_code == 200


def test_the_code_opens_no_form_of_somebody_who_signs_in(client, prepared, staff_client):
    client.post(f"/counter/preparations/{prepared.pk}/forms/move-within")
    Application.objects.update(user=User.objects.first())
    stranger = Client()
    code = client.session["preparation_codes"][str(prepared.pk)]
    stranger.post("/counter/resume", {"code": code})
    begun = stranger.post(f"/counter/preparations/{prepared.pk}/forms/move-within")
    assert stranger.get(begun.url).status_code == 404


def test_what_the_town_has_not_published_is_not_taken_for_nothing(town, client):
    """Right after the installation no form is there yet; nobody may go home for that."""
    asked = client.post("/counter/interviews/moving-within")
    client.post(asked.url, ANSWERS | {"_asked": list(ANSWERS)})
    page = client.get(f"/counter/preparations/{Preparation.objects.get().pk}/").content.decode()
    assert "窓口でご案内します" in page and "手続きはありません" not in page


def test_time_over_and_nothing_is_left(client, prepared):
    Preparation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert client.get(f"/counter/preparations/{prepared.pk}/").status_code == 404
    assert erase_old(now=timezone.now()) == 1
    assert not Preparation.objects.exists()


def test_taking_it_back_erases_it_at_once(client, prepared):
    assert client.post(f"/counter/preparations/{prepared.pk}/erase").status_code == 302
    assert not Preparation.objects.exists()
    assert shipped("move-within").slug == "move-within"
