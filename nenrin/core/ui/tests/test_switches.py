import pytest
from django.test import Client


def test_a_switch_is_kept_and_leads_back(small_town):
    client = Client()
    answer = client.post("/switch", {"size": "huge", "next": "/settings?a=1"})
    assert answer.headers["Location"] == "/settings?a=1"
    assert 'class="size-huge' in client.get("/settings").content.decode()


@pytest.mark.parametrize("target", ["https://elsewhere.invalid/", "//elsewhere.invalid", "x", ""])
def test_a_switch_leads_nowhere_else(small_town, target):
    answer = Client().post("/switch", {"size": "large", "next": target})
    assert answer.headers["Location"] == "/"


def test_an_unknown_choice_is_not_kept(small_town):
    client = Client()
    client.post("/switch", {"size": "enormous"})
    assert 'class="size-normal' in client.get("/").content.decode()


def test_furigana_stands_over_the_words_when_asked_for(small_town):
    client = Client()
    assert "<ruby>" not in client.get("/").content.decode()
    client.post("/switch", {"furigana": "1"})
    page = client.get("/").content.decode()
    assert "<rt>かねやままち</rt>" in page and page.startswith("<!doctype html>")
