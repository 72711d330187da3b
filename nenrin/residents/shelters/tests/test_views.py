import pytest
from django.test import Client

from nenrin.core.areas.models import Shelter
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.residents.shelters.models import Opening
from nenrin.residents.shelters.services.open_shelter import open_shelter


@pytest.fixture
def opening(small_town):
    gym = Shelter.objects.get(name="金山小学校体育館")
    return open_shelter(shelter=gym, is_drill=False, acting_user="tester")


def test_everyone_sees_what_is_open_with_a_map(opening):
    page = Client().get("/shelters").content.decode()
    assert "いま 1 か所が開いています" in page and "金山小学校体育館" in page
    assert 'class="marker open"' in page and "maps.gsi.go.jp" in page


def test_with_nothing_open_the_page_says_so(small_town):
    assert "いま開いている避難所はありません" in Client().get("/shelters").content.decode()


def test_counting_needs_a_sign_in(opening):
    assert Client().post(f"/staff/shelters/{opening.pk}", {"change": "+1"}).status_code == 302
    assert Opening.objects.get().people == 0


def test_staff_count_by_buttons_and_by_number(opening, staff_client):
    path = f"/staff/shelters/{opening.pk}"
    assert staff_client.post(path, {"change": "+10"}).status_code == 302
    part = staff_client.post(path, {"change": "-1"}, HTTP_HX_REQUEST="true")
    assert "<html" not in part.content.decode() and Opening.objects.get().people == 9
    staff_client.post(path, {"total": "34"})
    page = staff_client.get(path).content.decode()
    assert "34" in page and "数えた記録" in page


@pytest.mark.parametrize("typed", [{"total": "たくさん"}, {"total": "-3"}, {"change": "+7"}])
def test_what_is_no_number_is_refused_in_words(opening, staff_client, typed):
    answer = staff_client.post(f"/staff/shelters/{opening.pk}", typed)
    assert answer.status_code == 400 and Opening.objects.get().people == 0
    assert 'role="alert"' in answer.content.decode() or "field-error" in answer.content.decode()


def test_opening_describing_and_closing(small_town, staff_client):
    hall = Shelter.objects.get(name="勤労者体育センター")
    opened = staff_client.post("/staff/shelters/open", {"shelter": hall.pk, "drill": "1"})
    made = Opening.objects.get()
    assert opened["Location"].endswith(f"/{made.pk}") and made.is_drill
    form = {"capacity": "40", "equipment": ["toilet", "heating"]}
    staff_client.post(f"/staff/shelters/places/{hall.pk}", form)
    assert "多目的トイレ" in staff_client.get(f"/staff/shelters/{made.pk}").content.decode()
    staff_client.post(f"/staff/shelters/{made.pk}/close", {})
    assert Opening.objects.get().closed_at is None
    staff_client.post(f"/staff/shelters/{made.pk}/close", {"sure": "1"})
    assert Opening.objects.get().closed_at


def test_an_alert_page_lists_the_shelters_of_its_own_world(opening):
    for is_drill in (False, True):
        message = make_message(is_drill=is_drill)
        release_message(message=message, acting_user="tester")
        page = Client().get(f"/m/{message.pk}").content.decode()
        assert ("金山小学校体育館" in page) is not is_drill
