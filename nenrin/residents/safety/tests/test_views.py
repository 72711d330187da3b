import pytest
from django.test import Client

from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.people.models import Household
from nenrin.residents.safety.models import HelpCase
from nenrin.residents.safety.services.open_case import open_case


@pytest.fixture
def case(small_town):
    message = make_message(is_drill=True)
    release_message(message=message, acting_user="tester")
    return open_case(message=message, household=Household.objects.order_by("number").first())


def test_without_a_question_the_board_is_calm(staff_client):
    assert "まだありません" in staff_client.get("/staff/safety").content.decode()


def test_only_staff_see_who_needs_help(case):
    for path in ("/staff/safety", f"/staff/safety/cases/{case.pk}"):
        assert Client().get(path).status_code == 302


def test_the_board_and_the_desk_show_the_call(case, staff_client):
    page = staff_client.get("/staff/safety").content.decode()
    assert case.household.address in page and "訓練" in page
    part = staff_client.get("/staff/safety", HTTP_X_FRAGMENT="1").content.decode()
    assert case.household.address in part and "<html" not in part
    desk = staff_client.get("/staff/").content.decode()
    assert "助けを待っている世帯" in desk and "【訓練】" in desk


def test_a_responder_takes_the_call_and_nothing_typed_is_lost(case, staff_client):
    path = f"/staff/safety/cases/{case.pk}"
    refused = staff_client.post(path, {"state": "done", "responder": "消防団 1部", "note": ""})
    assert refused.status_code == 400 and 'value="消防団 1部"' in refused.content.decode()
    staff_client.post(path, {"state": "going", "responder": "消防団 1部"})
    assert HelpCase.objects.get().responder == "消防団 1部"
