"""What the API tells on a busy day, and what it keeps to itself."""

import pytest
from django.utils import timezone

from nenrin.core.messaging.models import Endpoint, Message
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.organization.fiscal_years import fiscal_year
from nenrin.core.people.models import Household, Person
from nenrin.engines.measures.models import Goal
from nenrin.engines.measures.selectors import goal_state

LISTS = ("town", "messages?limit=100&drills=true", "orders?drills=true", "hazards", "goals")
LISTS += ("shelters?drills=true", "shelters.geojson?drills=true", "notices?limit=100", "topics")


@pytest.fixture
def ask(eventful, client):
    def _ask(path):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    return _ask


def _ids(page):
    return {item["id"] for item in page["items"]}


def test_messages_leave_out_drills_unless_asked_and_single_households_always(eventful, ask, client):
    plain, with_drills = ask("messages?limit=100"), ask("messages?limit=100&drills=true")
    assert str(eventful.order.pk) in _ids(plain) and str(eventful.over.pk) in _ids(plain)
    assert _ids(with_drills) - _ids(plain) == {str(eventful.drill.pk)}
    assert client.get(f"/api/v1/messages/{eventful.private.pk}").status_code == 404
    assert client.get(f"/api/v1/messages/{make_message().pk}").status_code == 404


def test_current_messages_are_those_that_hold(eventful, ask):
    Message.objects.filter(pk=eventful.over.pk).update(expires_at=timezone.now())
    current = ask("messages?current=true")
    assert str(eventful.over.pk) not in _ids(current)
    assert all(item["is_current"] and not item["is_drill"] for item in current["items"])
    assert ask(f"messages/{eventful.over.pk}")["is_current"] is False


def test_a_message_that_was_replaced_is_not_current(eventful, ask):
    newer = make_message(title="続報", supersedes=eventful.over)
    release_message(message=newer, acting_user="t")
    assert ask(f"messages/{eventful.over.pk}")["is_current"] is False
    found = ask(f"messages/{newer.pk}")
    assert found["supersedes"] == str(eventful.over.pk) and found["is_current"]


def test_an_order_names_its_districts_and_its_message(eventful, ask):
    orders, message = ask("orders"), ask(f"messages/{eventful.order.pk}")
    assert message["level"] == 4 and not message["level_is_equivalent"]
    assert not message["is_whole_town"]
    assert [order["district"] for order in orders] == message["districts"]
    assert {(o["level"], o["hazard"], o["message"]) for o in orders} == {
        (4, "土砂災害", message["id"])
    }


def test_hazards_come_from_the_telegram(ask):
    (rain,) = ask("hazards")
    assert rain["level"] == 4 and rain["name"].endswith("大雨危険警報") and rain["name_en"]


def test_shelters_tell_their_room_and_drills_only_when_asked(eventful, ask):
    (only,) = ask("shelters?open=true")
    assert only["id"] == eventful.shelter.pk and only["opening"]["room"] == 30
    assert only["equipment"] == [{"code": "pets", "name": "ペット"}]
    assert "people" not in only["opening"]
    both = ask("shelters?open=true&drills=true")
    assert {one["opening"]["is_drill"] for one in both} == {True, False}
    assert len(ask("shelters")) > 2


def test_the_map_holds_the_same_shelters(ask):
    listed = {one["id"]: one for one in ask("shelters")}
    features = ask("shelters.geojson")["features"]
    assert len(features) == len(listed)
    for feature in features:
        one = listed[feature["id"]]
        assert feature["geometry"]["coordinates"] == [one["longitude"], one["latitude"]]
        assert feature["properties"].items() <= one.items()


def test_notices_are_found_by_topic_and_kind(eventful, ask):
    (notice,) = ask("notices?topic=snow&kind=magazine")["items"]
    assert notice["title"] == "除雪のお願い" and notice["topic"]["name"] == "雪・道路"
    assert notice["message"] == str(eventful.notice.message_id)
    assert ask("notices?topic=farm")["count"] == 0
    assert {"code": "snow", "name": "雪・道路"} in ask("topics")


def test_goals_are_the_figures_of_the_plan(ask):
    year = fiscal_year(timezone.localdate())
    told = {goal["key"]: goal["figure"] for goal in ask("goals")}
    assert told == {goal.key: goal_state(goal, year).figure.value for goal in Goal.objects.all()}
    assert any(told.values()) and {goal["fiscal_year"] for goal in ask("goals?year=2024")} == {2024}


def test_pages_follow_one_another(ask):
    whole = ask("messages?limit=100&drills=true")
    first = ask("messages?limit=2&drills=true")
    second = ask(first["next"].partition("/api/v1/")[2])
    assert first["previous"] is None and first["count"] == whole["count"]
    assert first["items"] + second["items"] == whole["items"][:4]
    assert ask(second["previous"].partition("/api/v1/")[2])["items"] == first["items"]


def test_no_answer_holds_a_person(ask, client):
    told = "".join(client.get(f"/api/v1/{path}").content.decode() for path in LISTS)
    assert len(told) > 10_000
    private = [f"{p.family_name}{p.given_name}" for p in Person.objects.all()]
    private += [p.number for p in Person.objects.all()]
    for household in Household.objects.all():
        private += [household.number, household.address]
    private += Endpoint.objects.values_list("address", flat=True)
    assert [word for word in private if word and word in told] == []


def test_what_the_reader_has_is_not_sent_again_until_something_happens(eventful, client):
    path = "/api/v1/messages?current=true"
    first = client.get(path)
    by_tag = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    by_date = {"HTTP_IF_MODIFIED_SINCE": first["Last-Modified"]}
    for known in (by_tag, by_date):
        again = client.get(path, **known)
        assert again.status_code == 304 and not again.content
    release_message(message=make_message(title="新しい知らせ"), acting_user="t")
    assert client.get(path, **by_tag).json()["count"] == first.json()["count"] + 1
