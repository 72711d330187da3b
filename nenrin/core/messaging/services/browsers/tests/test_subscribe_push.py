import pytest

from nenrin.core.audit.models import AuditEntry
from nenrin.core.messaging.models import Delivery, Endpoint, Message
from nenrin.core.messaging.services.browsers.pair_browser import browser_code, claimant_of_code
from nenrin.core.messaging.services.browsers.subscribe_push import (
    MOST_DEVICES,
    Claimant,
    Subscription,
    SubscriptionRefused,
    renew_push,
    subscribe_push,
    town_push_key,
)
from nenrin.core.messaging.services.browsers.tell_of_new_device import tell_of_new_device
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.transports.webpush.tests.browser import Browser
from nenrin.core.people.models import Household

ADDRESS = "https://updates.push.services.mozilla.com/wpush/v2/"


@pytest.fixture
def household(small_town):
    return Household.objects.order_by("pk").first()


def made(number=0, address=ADDRESS):
    browser = Browser()
    return Subscription(f"{address}{number}", browser.p256dh, browser.auth)


def subscribe(household, subscription=None, **claim):
    claimant = Claimant(household, **({"proof": "sign_in"} | claim))
    return subscribe_push(
        subscription=subscription or made(), claimant=claimant, acting_user="tester"
    )


def test_a_browser_becomes_an_endpoint_and_gets_the_next_message(household):
    endpoint, is_new = subscribe(household)
    assert is_new and endpoint.consented_at and endpoint.verified_at
    message = make_message()
    release_message(message=message, acting_user="tester")
    assert Delivery.objects.filter(message=message, endpoint=endpoint).exists()
    assert AuditEntry.objects.filter(action="messaging.subscribe_push").count() == 1


def test_the_same_browser_again_only_renews_its_keys(household):
    first, _ = subscribe(household, made())
    again, is_new = subscribe(household, made())
    assert not is_new and again.pk == first.pk and again.keys["auth"] != first.keys["auth"]


@pytest.mark.parametrize(
    "subscription",
    [
        Subscription("https://intranet.example/x", Browser().p256dh, Browser().auth),
        Subscription("http://169.254.169.254/", Browser().p256dh, Browser().auth),
        Subscription(f"{ADDRESS}1", "x", "y"),
        Subscription("", "", ""),
    ],
)
def test_an_address_or_key_that_is_none_is_refused(household, subscription):
    before = Endpoint.objects.count()
    with pytest.raises(SubscriptionRefused):
        subscribe(household, subscription)
    assert Endpoint.objects.count() == before


def test_one_link_lets_in_only_so_many_devices(household):
    claim = {"proof": "link:1", "most": 2}
    for number in range(2):
        subscribe(household, made(number), **claim)
    subscribe(household, made(1), **claim)
    with pytest.raises(SubscriptionRefused, match="台数"):
        subscribe(household, made(2), **claim)
    Endpoint.objects.filter(keys__proof="link:1").update(
        retired_reason="x", retired_at="2026-01-01T00:00Z"
    )
    with pytest.raises(SubscriptionRefused, match="台数"):
        subscribe(household, made(3), **claim)


def test_a_household_has_only_so_many_devices(household):
    Endpoint.objects.bulk_create(
        Endpoint(household=household, kind="webpush", address=f"{ADDRESS}x{n}", keys={})
        for n in range(MOST_DEVICES)
    )
    with pytest.raises(SubscriptionRefused, match="台まで"):
        subscribe(household)


def test_a_code_from_staff_works_once(household):
    claimant = claimant_of_code(browser_code(household))
    subscribe_push(subscription=made(1), claimant=claimant, acting_user="device")
    with pytest.raises(SubscriptionRefused):
        subscribe_push(subscription=made(2), claimant=claimant, acting_user="device")


@pytest.mark.parametrize("code", ["", "x", "a:b:c"])
def test_a_code_that_nobody_gave_is_refused(household, code):
    with pytest.raises(SubscriptionRefused, match="QRコード"):
        claimant_of_code(code)


def test_a_changed_address_is_followed_only_with_the_old_secret(household):
    old, fresh = made(1), made(2)
    endpoint, _ = subscribe(household, old)
    with pytest.raises(SubscriptionRefused):
        renew_push(old_address=old.address, old_auth="guess", subscription=fresh)
    assert renew_push(old_address=old.address, old_auth=old.auth, subscription=fresh) == 1
    endpoint.refresh_from_db()
    assert endpoint.address == fresh.address and endpoint.keys["proof"] == "sign_in"


def test_the_household_alone_is_told_of_a_new_device(household):
    message = tell_of_new_device(household=household)
    receivers = set(Delivery.objects.filter(message=message).values_list("household", flat=True))
    assert receivers == {household.pk}
    assert Message.objects.get(pk=message.pk).released_at


def test_the_key_is_the_towns_own(small_town):
    assert len(town_push_key()) == 87
