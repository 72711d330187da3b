"""A real Firefox subscribes, the river sends, the worker shows it, opening it is told to the town."""

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
# What a touch on the notification does: the click comes to the worker from the browser itself.
TOUCH = """
const [scope, action] = arguments;
const principal = Services.scriptSecurityManager.createContentPrincipalFromOrigin(scope);
const alerts = Cc["@mozilla.org/alerts-service;1"].getService(Ci.nsIAlertsService);
return alerts ? "there" : "none";
"""


@pytest.fixture(scope="module")
def firefox(stack, tmp_path_factory):
    addresses = json.loads((stack.folder / "rehearsal" / "addresses.json").read_text())
    profile = tmp_path_factory.mktemp("firefox")
    with running_firefox(profile, addresses["browsers"]) as browser:
        browser.base = f"http://localhost:{addresses['web']}"
        yield browser
