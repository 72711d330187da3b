"""A real Firefox subscribes, the river sends, its worker shows it, opening it is told."""

import json

import pytest

from nenrin.core.messaging.tokens import delivery_token
from tests.fixtures.firefox import running_firefox
from tests.fixtures.stack import wait_until

SHOWN = """
return navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((shown) =>
  shown.map((one) => ({title: one.title, body: one.body, tag: one.tag, data: one.data})));
"""
STATE = "return document.querySelector('[data-when=\"on\"]').hidden === false;"
WAITS = "return document.querySelector('[data-do=\"on\"]')?.offsetParent !== null;"
# Firefox draws its own alerts: the one with these words is touched as a person would.
TOUCH = """
const wanted = arguments[0];
const shown = [...Services.wm.getEnumerator("alert:alert")];
const found = shown.find((one) => one.document.documentElement.textContent.includes(wanted)
  || [...one.document.querySelectorAll("*")].some((node) => (node.value ?? "").includes(wanted)));
found?.onAlertClick();
return Boolean(found);
"""


@pytest.fixture(scope="module")
def firefox(stack, tmp_path_factory):
    addresses = json.loads((stack.folder / "rehearsal" / "addresses.json").read_text())
    profile = tmp_path_factory.mktemp("firefox")
    with running_firefox(profile, addresses["browsers"]) as browser:
        browser.base = f"http://localhost:{addresses['web']}"
        yield browser


@pytest.fixture
def link(stack, settings):
    """The link of a message that a household without a browser of its own got."""
    settings.SECRET_KEY = (stack.folder / "secret-key").read_text().strip()
    stack.drill(10)
    (delivery,) = stack.rows(
        "SELECT min(d.id) FROM messaging_delivery d JOIN messaging_channel c ON c.id = d.channel_id"
        " WHERE c.kind = 'email' AND d.household_id IS NOT NULL"
    )[0]
    return delivery_token("063614", delivery)


def _browser_deliveries(stack):
    return stack.rows(
        "SELECT d.message_id::text, m.is_drill, d.delivered_at, d.opened_at, d.confirmed_at"
        " FROM messaging_delivery d JOIN messaging_endpoint e ON e.id = d.endpoint_id"
        " JOIN messaging_message m ON m.id = d.message_id"
        " WHERE e.address LIKE '%/push/browser-%' ORDER BY d.id"
    )


def test_push_reaches_a_real_browser_and_opening_it_is_told(stack, firefox, link):
    firefox.open(f"{firefox.base}/receive?from={link}")
    assert wait_until(lambda: firefox.run(WAITS), 15)
    firefox.run("document.querySelector('[data-do=\"on\"]').click();")
    assert wait_until(lambda: firefox.run(STATE), 20), firefox.run(
        "return document.querySelector('[data-said]').textContent;"
    )
    stack.drill(10)
    assert wait_until(lambda: any(row[1] and row[2] for row in _browser_deliveries(stack)), 20)
    drill = next(row[0] for row in _browser_deliveries(stack) if row[1])
    shown = {one["tag"]: one for one in firefox.run(SHOWN)}
    assert "訓練" in shown[drill]["title"]
    assert shown[drill]["data"]["drill"] is True
    assert firefox.in_browser(TOUCH, shown[drill]["title"])
    assert wait_until(lambda: _opened(stack, drill), 20)
    page = shown[drill]["data"]["url"]
    assert wait_until(lambda: page in _open_pages(firefox), 20)


def _opened(stack, message):
    return any(row[0] == message and row[3] for row in _browser_deliveries(stack))


def _open_pages(firefox):
    return firefox.in_browser("return gBrowser.browsers.map((one) => one.currentURI.spec);")
