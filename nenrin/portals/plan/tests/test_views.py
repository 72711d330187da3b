import pytest
from django.test import Client

from nenrin.core.messaging.models import Delivery
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.tokens import delivery_token
from nenrin.engines.measures.models import HandFigure, Step
from nenrin.engines.surveys.models import Rating
from nenrin.townhall.plan.services.set_up_plan import set_up_plan


@pytest.fixture
def planned(small_town):
    set_up_plan()
    return small_town


def test_everyone_sees_the_plan(planned):
    page = Client().get("/plan").content.decode()
    assert "行政情報配信数" in page and "まだ数字がありません" in page


def test_the_board_is_for_staff(planned, staff_client):
    assert Client().get("/staff/plan/").status_code == 302
    assert "施策 3-1" in staff_client.get("/staff/plan/?year=2025").content.decode()


def test_a_figure_is_entered_and_a_bad_one_is_kept_on_the_form(planned, staff_client):
    address = "/staff/plan/goals/dx-leaders/?year=2025"
    refused = staff_client.post(address, {"value": "三", "source": "人事の記録"})
    assert refused.status_code == 400 and "人事の記録" in refused.content.decode()
    staff_client.post(address, {"value": "4", "source": "人事の記録"})
    assert HandFigure.objects.get().value == 4


def test_a_step_moves(planned, staff_client):
    step = Step.objects.first()
    staff_client.post(f"/staff/plan/steps/{step.pk}/", {"state": "planned"})
    staff_client.post(f"/staff/plan/steps/{step.pk}/", {"state": "nonsense"})
    step.refresh_from_db()
    assert step.state == "planned"


def test_a_message_is_rated_once_by_each_delivery(planned):
    release_message(message=make_message(), acting_user="tester")
    delivery = Delivery.objects.filter(channel__kind="webpush").first()
    address = f"/m/{delivery_token('063614', delivery.pk)}/rating"
    client = Client()
    assert client.post(address, {}).status_code == 400
    for face in ("1", "3"):
        assert "ありがとうございます" in client.post(address, {"face": face}).content.decode()
    assert Rating.objects.get().face == 3
    assert client.get("/m/063614-zz-nonsense/rating").status_code == 404
