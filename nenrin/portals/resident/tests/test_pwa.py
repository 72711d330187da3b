import re

import pytest
from django.test import Client

from nenrin.core.areas.models import Shelter
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message


def test_the_manifest_names_the_town_and_its_icons(town):
    answer = Client().get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    content = answer.json()
    assert content["short_name"] == "金山町" and content["scope"] == "/"
    assert {icon["purpose"] for icon in content["icons"]} == {"any", "maskable"}
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in content["icons"]}


def test_the_worker_stands_at_the_root_and_is_asked_for_anew(town):
    answer = Client().get("/sw.js")
    code = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert re.search(r'"version": "[0-9a-f]{12}"', code)
    for event in ("push", "notificationclick", "pushsubscriptionchange", "sync", "fetch"):
        assert f'addEventListener("{event}"' in code


def test_the_offline_page_has_all_shelters_and_what_is_out(small_town):
    release_message(message=make_message(title="川の知らせ"), acting_user="tester")
    answer = Client().get("/offline")
    page = answer.content.decode()
    assert answer.headers["X-Nenrin-Keep"] == "public"
    assert "川の知らせ" in page
    assert page.count("data-latitude=") == Shelter.objects.count() > 0


@pytest.mark.parametrize("path", ["/", "/doors/news"])
def test_a_page_for_everybody_may_be_kept(small_town, path):
    assert Client().get(path).headers["X-Nenrin-Keep"] == "public signed-out"


def test_the_settings_are_never_kept(small_town):
    assert "X-Nenrin-Keep" not in Client().get("/settings").headers
