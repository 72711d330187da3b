import pytest
from django.test import Client

from nenrin.core.people.models import Household
from nenrin.life.watch.models import Concern, WatchPlan
from nenrin.life.watch.services.open_concern import open_concern


@pytest.fixture
def concern(small_town):
    household = Household.objects.filter(left_on=None).first()
    open_concern(household=household, kind=Concern.Kind.CALL, acting_user="tablet")
    return Concern.objects.get()


def test_the_watch_is_for_staff(concern):
    assert Client().get("/staff/watch/").status_code == 302


def test_a_concern_stands_on_the_desk_until_it_is_closed(concern, staff_client):
    assert "連絡してほしい" in staff_client.get("/staff/").content.decode()
    address = f"/staff/watch/concerns/{concern.pk}/"
    staff_client.post(address, {"act": "take"})
    refused = staff_client.post(address, {"act": "close", "note": ""}, follow=True)
    assert "ようすを一言" in refused.content.decode()
    staff_client.post(address, {"act": "close", "note": "話せた"})
    concern.refresh_from_db()
    assert (concern.state, concern.note) == ("closed", "話せた")
    assert "連絡してほしい" not in staff_client.get("/staff/").content.decode()


def test_a_watch_begins_and_ends(concern, staff_client):
    number = concern.household.number
    given = {"number": number, "until_hour": "9", "asked_by": "家族"}
    wrong = staff_client.post("/staff/watch/plans/", given | {"number": "999999"})
    assert wrong.status_code == 400 and "家族" in wrong.content.decode()
    staff_client.post("/staff/watch/plans/", given)
    assert WatchPlan.objects.get().until_hour == 9
    staff_client.post("/staff/watch/plans/", {"end": number})
    assert not WatchPlan.objects.exists()
