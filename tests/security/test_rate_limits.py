"""Guessing and flooding are stopped where people sign in, answer and search."""

import pytest
from django.core.cache import cache
from django.test import Client

from nenrin.portals.resident.alert import ANSWERS
from nenrin.portals.search.views import SEARCHES

from .world import OUR_HOST


@pytest.fixture(autouse=True)
def fresh(db):
    cache.clear()


def _statuses(client, path, content, times):
    return [client.post(path, content(number)).status_code for number in range(times)]


def test_guessing_a_password_is_stopped_by_name(world):
    client = world.clients["anonymous"]
    wrong = {"login": "staff@kaneyama.invalid", "password": "wrong"}
    for _ in range(8):
        client.post("/accounts/login/", wrong)
    right = wrong | {"password": "x" * 20}
    answer = client.post("/accounts/login/", right)
    assert answer.status_code in (200, 429) and "_auth_user_id" not in client.session


def test_trying_many_names_is_stopped_by_address(world):
    seen = _statuses(
        world.clients["anonymous"],
        "/accounts/login/",
        lambda number: {"login": f"n{number}@kaneyama.invalid", "password": "wrong"},
        25,
    )
    assert seen[-1] == 429


def test_asking_for_codes_by_mail_is_stopped(world):
    seen = []
    for number in range(22):
        asked = {"email": f"n{number}@example.invalid"}
        # A new visitor each time: one who waits for a code is only sent on to type it.
        seen.append(Client(HTTP_HOST=OUR_HOST).post("/accounts/login/code/", asked).status_code)
    assert seen[0] == 302 and seen[-1] in (200, 429)


def test_guessing_the_second_factor_is_stopped(world):
    client = world.clients["anonymous"]
    client.post("/accounts/login/", {"login": "staff@kaneyama.invalid", "password": "x" * 20})
    seen = [
        client.post("/accounts/2fa/authenticate/", {"code": f"{number:06}"}) for number in range(12)
    ]
    assert "_auth_user_id" not in client.session
    last = seen[-1]
    told = last.content.decode() if last.status_code == 200 else ""
    assert last.status_code in (302, 429) or "あとで" in told or "失敗" in told, told[-800:]


def test_flooding_the_search_is_stopped_by_address(world):
    client = world.clients["anonymous"]
    seen = [client.get("/search").status_code for _ in range(SEARCHES.times + 1)]
    assert seen[:-1] == [200] * SEARCHES.times and seen[-1] == 429
    elsewhere = client.get("/search", REMOTE_ADDR="192.0.2.9")
    assert elsewhere.status_code == 200


def test_flooding_answers_is_stopped_by_link(world):
    client, path = world.clients["anonymous"], f"/m/{world.token}"
    seen = _statuses(client, path, lambda number: {"answer": "safe"}, ANSWERS.times + 1)
    assert seen[: ANSWERS.times] == [302] * ANSWERS.times and seen[-1] == 429
    assert client.get(path).status_code == 200
