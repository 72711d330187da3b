import pytest
from django.test import Client
from django.utils import timezone

from nenrin.core.messaging.models import HouseholdMark, HouseholdReach, SafetyAnswer
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.people.models import Household


@pytest.fixture
def message(small_town):
    made = make_message()
    release_message(message=made, acting_user="tester")
    return made


def test_without_messages_the_list_says_what_will_be_here(staff_client):
    assert "知らせはまだありません" in staff_client.get("/staff/reach").content.decode()


def test_the_list_keeps_drills_apart(message, staff_client):
    drill = make_message(title="訓練の大雨", is_drill=True)
    release_message(message=drill, acting_user="tester")

    def titles(kind):
        page = staff_client.get(f"/staff/reach?kind={kind}").content.decode()
        return [message.title in page, drill.title in page]

    assert titles("all") == [True, True]
    assert titles("real") == [True, False]
    assert titles("drill") == [False, True]


def test_the_board_shows_rings_districts_rungs_and_the_silent(message, staff_client):
    page = staff_client.get(f"/staff/messages/{message.pk}/").content.decode()
    assert "60世帯のうち0世帯に届きました" in page
    assert "民生委員・自主防の訪問" in page and "送り始めました" in page
    part = staff_client.get(f"/staff/messages/{message.pk}/", HTTP_X_FRAGMENT="1")
    assert "<html" not in part.content.decode() and part.context["page"].paginator.count == 60


def test_a_district_alone_and_pages_of_it(message, staff_client):
    home = Household.objects.first()
    answer = staff_client.get(f"/staff/messages/{message.pk}/?district={home.district.code}")
    wanted = Household.objects.filter(district=home.district).count()
    assert answer.context["page"].paginator.count == wanted
    assert {row.household.district_id for row in answer.context["silent"]} == {home.district_id}


def test_when_all_are_reached_nobody_is_listed(message, staff_client):
    SafetyAnswer.objects.bulk_create(
        SafetyAnswer(message=message, household=home, answer="safe", answered_at=timezone.now())
        for home in Household.objects.all()
    )
    page = staff_client.get(f"/staff/messages/{message.pk}/").content.decode()
    assert "すべての世帯に届きました" in page


def test_a_draft_has_no_board(small_town, staff_client):
    assert staff_client.get(f"/staff/messages/{make_message().pk}/").status_code == 404


def test_staff_mark_a_household_and_take_it_back(message, staff_client):
    home = Household.objects.first()
    path = f"/staff/messages/{message.pk}/households/{home.number}"
    refused = staff_client.post(path, {"way": "phone", "note": "まだ選んでいない"})
    assert refused.status_code == 400 and "まだ選んでいない" in refused.content.decode()
    staff_client.post(path, {"way": "phone", "result": "safe", "note": "妻と話した"})
    reach = HouseholdReach.objects.get(message=message, household=home)
    assert reach.reached and "妻と話した" in staff_client.get(path).content.decode()
    mark = HouseholdMark.objects.get()
    staff_client.post(path, {"back": mark.pk, "reason": "別の世帯だった"})
    page = staff_client.get(path).content.decode()
    assert "取り消し済み" in page and "別の世帯だった" in page
    assert not HouseholdReach.objects.get(message=message, household=home).reached


def test_another_messages_mark_is_not_taken_back_here(message, staff_client):
    home = Household.objects.first()
    other = make_message()
    release_message(message=other, acting_user="tester")
    form = {"way": "phone", "result": "safe"}
    staff_client.post(f"/staff/messages/{other.pk}/households/{home.number}", form)
    path = f"/staff/messages/{message.pk}/households/{home.number}"
    mark = HouseholdMark.objects.get()
    assert staff_client.post(path, {"back": mark.pk, "reason": "x"}).status_code == 404


def test_nobody_without_a_sign_in_sees_a_household(message):
    home = Household.objects.first()
    path = f"/staff/messages/{message.pk}/households/{home.number}"
    assert Client().get(path).status_code == 302
