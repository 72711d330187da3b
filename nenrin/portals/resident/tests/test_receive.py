from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.core.limits.limit import Limit
from nenrin.core.messaging.models import Delivery, Endpoint, Message
from nenrin.core.messaging.services.browsers.pair_browser import browser_code
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.tokens import delivery_token
from nenrin.core.messaging.transports.webpush.tests.browser import Browser
from nenrin.core.people.models import Consent, Person
from nenrin.portals.resident import receive

ADDRESS = "https://updates.push.services.mozilla.com/wpush/v2/new"


@pytest.fixture
def delivery(small_town):
    release_message(message=make_message(), acting_user="tester")
    return Delivery.objects.filter(channel__kind="webpush").first()


@pytest.fixture
def token(delivery):
    return delivery_token("063614", delivery.pk)


@pytest.fixture
def client(delivery):
    person = Person.objects.filter(household=delivery.household_id).first()
    user = User.objects.create_user("resident@example.jp", name="町民")
    Person.objects.filter(pk=person.pk).update(user=user)
    made = Client()
    made.force_login(user)
    return made


def fields(**more):
    browser = Browser()
    return {"endpoint": ADDRESS, "p256dh": browser.p256dh, "auth": browser.auth} | more


def new_devices():
    return Endpoint.objects.filter(address=ADDRESS, retired_at=None)


def test_a_signed_in_resident_switches_on_and_off(client, delivery):
    answer = client.post("/receive/on", fields())
    assert answer.status_code == 200 and answer.json()["on"]
    endpoint = new_devices().get()
    assert endpoint.household_id == delivery.household_id and endpoint.person
    assert Consent.objects.filter(person=endpoint.person, purpose="messages").exists()
    assert client.post("/receive/state", {"endpoint": ADDRESS}).json()["on"]
    assert client.post("/receive/off", {"endpoint": ADDRESS}).status_code == 200
    assert not new_devices().exists()
    assert client.post("/receive/state", {"endpoint": ADDRESS}).status_code == 404


def test_the_link_of_a_message_lets_a_device_in_and_the_household_is_told(delivery, token):
    answer = Client().post("/receive/on", fields(**{"from": token}))
    assert answer.status_code == 200
    assert new_devices().get().household_id == delivery.household_id
    told = Message.objects.get(source="devices")
    assert (
        Delivery.objects.filter(message=told).exclude(household=delivery.household_id).count() == 0
    )
    assert told.title not in Client().get("/").content.decode()
    assert Client().get(f"/m/{told.pk}").status_code == 404


def test_an_old_link_lets_nobody_in(delivery, token):
    Message.objects.filter(pk=delivery.message_id).update(
        released_at=timezone.now() - timedelta(days=8)
    )
    answer = Client().post("/receive/on", fields(**{"from": token}))
    assert answer.status_code == 400 and "古く" in answer.json()["words"]
    assert "古く" in Client().get(f"/receive?from={token}").content.decode()


@pytest.mark.parametrize("given", [{}, {"from": "063614-zz-aaaa"}, {"code": "x"}])
def test_without_a_proof_nobody_gets_in(delivery, given):
    answer = Client().post("/receive/on", fields(**given))
    assert answer.status_code in (400, 403) and answer.json()["words"]
    assert not new_devices().exists()


def test_a_code_from_staff_lets_one_device_in(delivery):
    code = browser_code(delivery.household)
    assert Client().post("/receive/on", fields(code=code)).status_code == 200
    second = Client().post("/receive/on", fields(code=code, endpoint=ADDRESS + "2"))
    assert second.status_code == 400


def test_an_address_inside_a_network_is_refused(client):
    answer = client.post("/receive/on", fields(endpoint="https://10.0.0.1/x"))
    assert answer.status_code == 400 and "宛先" in answer.json()["words"]


def test_too_many_tries_are_refused(delivery, monkeypatch):
    monkeypatch.setattr(receive, "TRIES", Limit("receive", 2, 60))
    tries = [Client().post("/receive/on", fields()).status_code for _ in range(3)]
    assert tries == [403, 403, 429]


def test_renewing_needs_the_old_secret(client):
    old = fields()
    client.post("/receive/on", old)
    fresh = fields(endpoint=ADDRESS + "-moved", old_endpoint=ADDRESS, old_auth="x")
    assert Client().post("/receive/renew", fresh).status_code == 400
    assert Client().post("/receive/renew", fresh | {"old_auth": old["auth"]}).status_code == 200
    assert Endpoint.objects.filter(address=ADDRESS + "-moved", retired_at=None).exists()


def test_a_form_from_elsewhere_is_refused(client, delivery):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/receive/on", fields()).status_code == 403


def test_staff_alone_see_a_code(client, delivery):
    url = f"/staff/households/{delivery.household.number}/receive"
    assert client.get(url).status_code == 403
    assert Client().get(url).status_code == 302
