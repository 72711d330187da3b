import pytest
from django.test import Client

from nenrin.core.areas.models import District
from nenrin.residents.support.models import SupportRequest, SupportVisit


@pytest.fixture
def typed(small_town):
    return {
        "trouble": "tablet",
        "name": "金山 花子",
        "telephone": "０２３３-００-００００",
        "district": str(District.objects.first().pk),
        "words": "音が出ません",
    }


def test_anyone_may_ask_and_it_waits_on_the_desk(typed, staff_client):
    answer = Client().post("/support", typed, follow=True)
    assert "うけつけました" in answer.content.decode()
    assert SupportRequest.objects.get().telephone == "0233000000"
    assert "1 件</strong> 待っています" in staff_client.get("/staff/").content.decode()


@pytest.mark.parametrize("wrong", [{"telephone": "123"}, {"district": "0"}, {"trouble": "x"}])
def test_what_was_typed_stays_when_something_is_wrong(typed, wrong):
    answer = Client().post("/support", typed | wrong)
    assert answer.status_code == 400 and "音が出ません" in answer.content.decode()
    assert not SupportRequest.objects.exists()


def test_asking_too_often_is_stopped(typed):
    client = Client()
    codes = [client.post("/support", typed).status_code for _ in range(11)]
    assert codes[-1] == 429 and codes[:10] == [302] * 10


def test_staff_plan_and_report(typed, staff_client):
    Client().post("/support", typed)
    address = f"/staff/support/{SupportRequest.objects.get().pk}/"
    plan = {"act": "plan", "visit_at": "2099-01-05T10:00", "visitor": "佐藤"}
    assert staff_client.post(address, plan | {"visit_at": "2001-01-05T10:00"}).status_code == 400
    assert staff_client.post(address, plan).status_code == 302
    report = {"act": "visit", "minutes": "30", "trouble": "tablet", "result": "solved"}
    assert staff_client.post(address, report | {"minutes": "0"}).status_code == 400
    staff_client.post(address, report)
    assert SupportVisit.objects.get().minutes == 30
    assert "どこでつまずいているか" in staff_client.get("/staff/support/").content.decode()


def test_the_desk_is_for_staff(typed):
    assert Client().get("/staff/support/").status_code == 302
