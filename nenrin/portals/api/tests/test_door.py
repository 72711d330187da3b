"""Who may read from where, and how the API refuses."""

import pytest

from nenrin.core.limits.limit import Limit
from nenrin.portals.api import rate

PLACE = "/api/v1/shelters"


def _problem(answer, status):
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    assert told["status"] == status and told["title"] and told["detail"].endswith("。")
    return told


def test_every_site_may_read_and_only_here(town, client):
    assert client.get(PLACE)["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in client.get(PLACE)
    assert "Access-Control-Allow-Origin" not in client.get("/")


def test_a_browser_that_asks_first_is_told_what_it_may(town, client):
    answer = client.options(PLACE, HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET")
    assert answer.status_code == 204 and not answer.content
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


def test_head_has_the_headers_of_get(town, client):
    head, whole = client.head(PLACE), client.get(PLACE)
    assert head.status_code == 200 and not head.content
    assert head["ETag"] == whole["ETag"]


@pytest.mark.parametrize("way", ["post", "put", "patch", "delete"])
def test_nobody_writes(town, client, way):
    answer = getattr(client, way)(PLACE)
    assert "GET" in _problem(answer, 405)["detail"]
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("query", "where", "words"),
    [
        ("messages?limit=x", "limit", "整数"),
        ("messages?limit=101", "limit", "100 以下"),
        ("messages?offset=-1", "offset", "0 以上"),
        ("messages?current=perhaps", "current", "true か false"),
        ("messages?drill=true", "query", "drill というパラメータはありません"),
        ("messages/12", "message", "UUID"),
        ("notices?topic=gossip", "topic", "snow"),
        ("notices?kind=gossip", "kind", "magazine"),
        ("goals?year=1999", "year", "2023 以上"),
        ("shelters?open=%00", "open", "true か false"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_to_write(town, client, query, where, words):
    (fault,) = _problem(client.get(f"/api/v1/{query}"), 422)["errors"]
    assert fault["where"] == where and words in fault["what"]


def test_what_is_not_there_is_a_problem_too(town, client):
    _problem(client.get("/api/v1/nothing"), 404)
    _problem(client.get("/api/v1/messages/9b2f7c1e-5f0a-4a53-9d55-000000000000"), 404)


def test_a_town_that_is_not_there_is_a_problem_too(town, client):
    _problem(client.get(PLACE, HTTP_HOST="atlantis.localhost"), 404)


def test_a_failure_of_ours_is_a_problem_too(town, client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("nenrin.portals.api.operations.shelters.all_shelters", lambda: 1 / 0)
    answer = client.get(PLACE)
    assert "ZeroDivision" not in answer.content.decode()
    _problem(answer, 500)


def test_who_asks_too_often_is_told_how_long_to_wait(town, client, monkeypatch):
    monkeypatch.setattr(rate, "REQUESTS", Limit("api", 3, 60))
    assert [client.get(PLACE).status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.get(PLACE)
    assert "60秒に3回まで" in _problem(answer, 429)["detail"]
    assert 0 < int(answer["Retry-After"]) <= 60
    assert client.get(PLACE, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_the_reference_page_names_every_operation(town, client):
    schema = client.get("/api/v1/openapi.json").json()
    page = client.get("/api/v1/").content.decode()
    for path, ways in schema["paths"].items():
        assert f"GET {path}" in page and ways["get"]["summary"] in page
        for parameter in ways["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page
    assert "//" not in page.split("<script", 1)[-1].split(">", 1)[0]
