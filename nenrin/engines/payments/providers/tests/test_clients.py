"""The three clients against local servers that speak the documented protocols."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from nenrin.engines.payments.contract import (
    Booked,
    Fate,
    GiveBack,
    Order,
    ProviderDown,
    ProviderRefused,
    Span,
    WebhookRefused,
    providers,
)
from nenrin.engines.payments.providers.stripe.provider import sdk
from nenrin.rehearsal.agreed import STAND_IN_SECRETS
from nenrin.rehearsal.payments.app import AGREED
from nenrin.rehearsal.payments.payjp import PayJpShop
from nenrin.rehearsal.payments.paypay import PayPayShop
from nenrin.rehearsal.payments.stripe import StripeShop
from nenrin.rehearsal.payments.tests.running import running_stand_ins
from nenrin.rehearsal.payments.till import Sale, Till

KEYS = ("stripe", "payjp", "paypay")
SET = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings.test'"
BACK = "https://town.invalid/pay/1/"


@pytest.fixture(scope="module")
def shops():
    with running_stand_ins() as made:
        yield made


@pytest.fixture(params=KEYS)
def client(request, shops, monkeypatch):
    for name, value in STAND_IN_SECRETS.items():
        monkeypatch.setenv(name, value)
    shops.control(webhook="never")
    provider = providers.get(request.param)
    options = provider.options_model(api_base=f"{shops.base}/{request.param}", rehearsal=True)
    return provider, options


def _order(amount=684, key=None):
    return Order(key or str(uuid4()), amount, "住民票の写しの請求", BACK, f"{BACK}?left=1")


def _paid(client, shops, amount=684):
    provider, options = client
    order = _order(amount)
    opened = provider.open_page(options, order)
    assert shops.press(opened.url, "pay") == BACK
    return order, opened, provider.read(options, opened.reference)


def test_a_page_is_opened_paid_and_read(client, shops):
    provider, options = client
    opened = provider.open_page(options, _order())
    assert urlsplit(opened.url).hostname == "localhost"
    assert provider.read(options, opened.reference).fate == Fate.OPEN
    assert shops.press(opened.url, "leave").startswith(BACK)
    shops.press(opened.url, "pay")
    standing = provider.read(options, opened.reference)
    assert (standing.fate, standing.amount) == (Fate.PAID, 684) and standing.charge


def test_asked_twice_with_one_key_there_is_one_page(client, shops):
    provider, options = client
    order = _order()
    first = provider.open_page(options, order)
    if provider.key == "paypay":
        with pytest.raises(ProviderRefused, match="DUPLICATE"):
            provider.open_page(options, order)
    else:
        assert provider.open_page(options, order) == first
    sales = [one for one in shops.known()["sales"] if one["key"] == order.key]
    assert len(sales) == 1


def test_money_goes_back_in_parts_once_for_each_key(client, shops):
    provider, options = client
    standing = _paid(client, shops)[2]
    wish = GiveBack(str(uuid4()), standing.charge, 100)
    assert provider.give_back(options, wish) == provider.give_back(options, wish)
    rest = GiveBack(str(uuid4()), standing.charge, 585)
    with pytest.raises(ProviderRefused):
        provider.give_back(options, rest)
    lines = [one["amount"] for one in shops.known()["lines"] if one["of"] == standing.charge]
    assert lines == [-100]


def test_the_report_names_charges_and_refunds(client, shops):
    provider, options = client
    _, opened, standing = _paid(client, shops)
    back = provider.give_back(options, GiveBack(str(uuid4()), standing.charge, 84))
    now = datetime.now(UTC)
    booked = [Booked(standing.charge, 684, now, opened.reference), Booked(back, -84, now)]
    span = Span(now - timedelta(hours=1), now + timedelta(hours=1))
    found = {one.reference: one.amount for one in provider.report(options, span, booked)}
    assert found[standing.charge] == 684 and found[back] == -84
    if provider.key != "paypay":
        earlier = Span(now - timedelta(hours=2), now - timedelta(hours=1))
        assert provider.report(options, earlier, booked) == []


def test_a_long_report_is_read_to_its_end(shops, monkeypatch):
    for name, value in STAND_IN_SECRETS.items():
        monkeypatch.setenv(name, value)
    shops.control(webhook="never")
    for key in ("stripe", "payjp"):
        provider = providers.get(key)
        module = __import__(provider.__module__, fromlist=["PAGE"])
        monkeypatch.setattr(module, "PAGE", 2)
        options = provider.options_model(api_base=f"{shops.base}/{key}", rehearsal=True)
        charges = {_paid((provider, options), shops)[2].charge for _ in range(5)}
        now = datetime.now(UTC)
        span = Span(now - timedelta(hours=1), now + timedelta(hours=1))
        assert charges <= {one.reference for one in provider.report(options, span, [])}


def test_a_provider_that_answers_500_is_down_and_a_wrong_key_is_refused(client, shops, monkeypatch):
    provider, options = client
    shops.control(webhook="never", down=5)
    with pytest.raises(ProviderDown):
        provider.open_page(options, _order())
    shops.control(webhook="never")
    for name in STAND_IN_SECRETS:
        monkeypatch.setenv(name, "wrong")
    with pytest.raises(ProviderRefused):
        provider.open_page(options, _order())
    with pytest.raises(ProviderRefused):
        provider.read(options, "cs_unknown")


def test_nobody_at_the_address_is_down(client):
    provider, options = client
    closed = options.model_copy(update={"api_base": "http://localhost:9", "connect_timeout": 0.5})
    with pytest.raises(ProviderDown):
        provider.open_page(closed, _order())


@pytest.mark.parametrize("base", ["http://api.example.com", "https://127.0.0.1:8", "ftp://x"])
def test_plain_http_only_in_a_rehearsal_on_this_machine(base):
    for key in KEYS:
        with pytest.raises(ValueError, match="https"):
            providers.get(key).options_model(api_base=base)


def _hook(key):
    sale = Sale(key, "cs_1", str(uuid4()), 684, "t", BACK, BACK, charge="pi_1")
    kinds = {"stripe": StripeShop, "payjp": PayJpShop, "paypay": PayPayShop}
    hook = kinds[key](Till(), AGREED[key], "http://localhost:1").hook(sale)
    return sale, hook


def test_a_genuine_webhook_names_our_key(client):
    provider, options = client
    sale, hook = _hook(provider.key)
    news = provider.read_webhook(options, hook.body, hook.headers)
    assert news.key == sale.key and news.event
    # Only what is signed is believed; about the others the provider is asked.
    assert (news.standing is not None) == (provider.key == "stripe")
    if news.standing:
        assert (news.standing.fate, news.standing.amount) == (Fate.PAID, 684)


def test_a_webhook_that_is_not_genuine_is_refused(client):
    provider, options = client
    _, hook = _hook(provider.key)
    with pytest.raises(WebhookRefused):
        provider.read_webhook(options, b"{", hook.headers)
    if provider.key == "paypay":
        return
    with pytest.raises(WebhookRefused):
        provider.read_webhook(options, hook.body, {})
    wrong = {name: value[:-1] + "~" for name, value in hook.headers.items()}
    with pytest.raises(WebhookRefused):
        provider.read_webhook(options, hook.body, wrong)


def test_stripes_signature_covers_the_body_and_grows_old(client, monkeypatch):
    provider, options = client
    if provider.key != "stripe":
        pytest.skip("only Stripe signs")
    _, hook = _hook("stripe")
    event = json.loads(hook.body)
    event["data"]["object"]["amount_total"] = 1
    with pytest.raises(WebhookRefused):
        provider.read_webhook(options, json.dumps(event).encode(), hook.headers)
    monkeypatch.setattr("nenrin.engines.payments.providers.stripe.signature.TOLERANCE_SECONDS", -1)
    with pytest.raises(WebhookRefused):
        provider.read_webhook(options, hook.body, hook.headers)


def test_the_signature_is_the_one_the_sdk_makes(client):
    provider, _ = client
    if provider.key != "stripe":
        pytest.skip("only Stripe signs")
    _, hook = _hook("stripe")
    sdk.WebhookSignature.verify_header(
        hook.body,
        hook.headers["Stripe-Signature"],
        STAND_IN_SECRETS["NENRIN_STRIPE_WEBHOOK_SECRET"],
        300,
    )


def test_the_web_server_loads_no_sdk():
    words = (
        "import nenrin.engines.payments.plugs, sys; print({'stripe', 'payjpv2'} & set(sys.modules))"
    )
    begun = "import django; django.setup()"
    code = f"{SET}; {begun}; {words}"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip().endswith("set()")
