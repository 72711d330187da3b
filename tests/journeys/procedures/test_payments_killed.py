"""The web server dies between a webhook and its commit: nothing is booked, and nothing is lost."""

import subprocess
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

import psutil
import pytest
from django.db import connection

from nenrin.cli.commands.web_ import web_command
from nenrin.engines.payments.contract import Opened
from nenrin.engines.payments.models import PaymentRequest, ProviderEvent
from nenrin.engines.payments.selectors import balance_of, balances
from nenrin.engines.payments.services.charge import Bill, charge
from nenrin.engines.payments.services.set_up_merchants import set_up_merchant
from nenrin.engines.payments.services.settle_payment import note_opened
from nenrin.engines.payments.services.start_payment import Way, start_payment
from nenrin.rehearsal.agreed import STAND_IN_SECRETS
from nenrin.rehearsal.payments.app import AGREED
from nenrin.rehearsal.payments.stripe import StripeShop
from nenrin.rehearsal.payments.till import Sale, Till
from nenrin.rehearsal.tests.running import free_port


@pytest.fixture(scope="module", autouse=True)
def secrets():
    with pytest.MonkeyPatch.context() as patch:
        for name, value in STAND_IN_SECRETS.items():
            patch.setenv(name, value)
        yield


@pytest.fixture
def payment(live_town, page):
    options = {"api_base": "http://localhost:9/stripe", "rehearsal": True}
    with live_town.scope():
        set_up_merchant(provider="stripe", options=options, acting_user="t")
        bill = Bill(f"thing:{uuid4()}", "手数料", 300)
        owed = charge(bill=bill, acting_user="t")
        way = Way("stripe", "https://town.invalid/{payment}/")
        made = start_payment(request=owed, way=way, acting_user="t")
        return note_opened(payment=made, opened=Opened("cs_1", "https://pay.invalid"))


@contextmanager
def _server(live_town):
    port = free_port()
    running = subprocess.Popen(web_command("127.0.0.1", port), env=live_town.environment)
    address = f"http://localhost:{port}"
    try:
        deadline = time.monotonic() + 60
        while _status(f"{address}/healthz") != 200 and time.monotonic() < deadline:
            time.sleep(0.1)
        yield address, running
    finally:
        _kill(running)


def _kill(running):
    if running.poll() is None:
        parts = [*psutil.Process(running.pid).children(recursive=True), running]
        for part in parts:
            part.kill()
        running.wait(10)


def _status(url, hook=None):
    body, headers = (hook.body, dict(hook.headers)) if hook else (None, {})
    request = urllib.request.Request(url, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def _waits_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def test_a_kill_before_the_commit_books_nothing_and_the_next_call_does(live_town, payment):
    sale = Sale("stripe", "cs_1", str(payment.pk), 300, "t", "", "", charge="pi_1")
    hook = StripeShop(Till(), AGREED["stripe"], "http://localhost:9").hook(sale)
    with ThreadPoolExecutor(1) as pool, _server(live_town) as (address, running):
        with live_town.scope():
            PaymentRequest.objects.select_for_update().get(pk=payment.request_id)
            call = pool.submit(_status, f"{address}/payments/webhooks/stripe", hook)
            deadline = time.monotonic() + 30
            while not _waits_for_a_lock() and time.monotonic() < deadline:
                time.sleep(0.05)
            assert _waits_for_a_lock()
            _kill(running)
        assert call.result(40) == 0
    with live_town.scope():
        assert not ProviderEvent.objects.exists() and balance_of("held:stripe") == 0
    again = f"{live_town.url}/payments/webhooks/stripe"
    assert [_status(again, hook) for _ in range(3)] == [200, 200, 200]
    with live_town.scope():
        assert ProviderEvent.objects.count() == 1 and balance_of("held:stripe") == 300
        assert balances().is_balanced
