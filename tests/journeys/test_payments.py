"""A fee from the phone to the ledger: paid on a hosted page, seen by the desk, given back."""

from importlib import import_module
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import expect

from nenrin.cli.stack import STAND_IN_SECRETS
from nenrin.core.accounts.models import User
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role
from nenrin.core.people.models import Person
from nenrin.engines.payments.models import PaymentRequest
from nenrin.engines.payments.selectors import balances, request_for
from nenrin.engines.payments.services.set_up_merchants import set_up_merchant
from nenrin.rehearsal.payments.tests.running import free_port, running_stand_ins
from nenrin.residents.procedures.fees import subject_of
from nenrin.residents.procedures.services.submit_application import submit_application
from nenrin.residents.procedures.tests.factories import begin, fill, publish, record_answers

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
FEE = 684


@pytest.fixture(scope="module", autouse=True)
def secrets():
    """Before the web server starts: it reads the providers' secrets from its environment."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in STAND_IN_SECRETS.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def shops(live_town):
    """The stand-ins, the town's contract with them, and a worker."""
    port = free_port()
    with live_town.scope():
        for provider in ("stripe", "payjp", "paypay"):
            options = {"api_base": f"http://localhost:{port}/{provider}", "rehearsal": True}
            set_up_merchant(provider=provider, options=options, acting_user="t")
    with running_stand_ins(live_town.url, port) as made, live_town.worker():
        yield made


@pytest.fixture(scope="module")
def people(live_town):
    with live_town.scope():
        publish()
        living = Person.objects.filter(household__endpoints__kind="tablet", is_head=True)
        person = living.order_by("number").first()
        person.user = User.objects.create_user("hanako@example.invalid", name="町民")
        person.save(update_fields=["user"])
        clerk = User.objects.create_user("kaikei@kaneyama.invalid", name="会計", kind="staff")
        section = Section.objects.create(code="chomin", name="町民税務課")
        StaffMember.objects.create(
            user=clerk, section=section, post="主事", roles=[Role.DESK, Role.CASHIER]
        )
        TOTP.activate(clerk, "JBSWY3DPEHPK3PXP")
        return person, clerk


def _sign_in(page, live_town, user, size):
    with live_town.scope():
        store = import_module(settings.SESSION_ENGINE).SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store.create()
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": store.session_key, "url": live_town.url}])
    page.set_viewport_size(size)
    return page


@pytest.fixture
def phone(page, live_town, people, shops):
    shops.control()
    return _sign_in(page, live_town, people[0].user, PHONE)


@pytest.fixture
def desk(browser, live_town, people):
    context = browser.new_context(base_url=live_town.url, locale="ja-JP")
    context.set_default_timeout(10_000)
    yield _sign_in(context.new_page(), live_town, people[1], DESK)
    context.close()


@pytest.fixture
def sent(live_town, people):
    """住民票の写しの請求, sent just now, and what is owed for it."""
    with live_town.scope():
        application, _ = begin(person=people[0])
        fill(application, record_answers())
        submit_application(application=application, submission=uuid4(), acting_user="t")
        application.refresh_from_db()
        return application, request_for(subject_of(application))


def _go_to_pay(phone, application, way="Stripe"):
    phone.goto(f"/procedures/applications/{application.pk}/")
    expect(phone.get_by_text("条例")).to_be_visible()
    phone.get_by_role("link", name="支払う", exact=True).click()
    phone.get_by_label(way).check()
    phone.get_by_role("button", name="支払いへ進む").click()
    expect(phone.get_by_text("練習用の支払いページです")).to_be_visible()
    expect(phone.get_by_text(f"{FEE}円")).to_be_visible()


def _now(live_town, owed):
    with live_town.scope():
        found = PaymentRequest.objects.get(pk=owed.pk)
        books = balances()
        assert books.is_balanced
        return found


@pytest.mark.parametrize("way", ["Stripe", "PAY.JP", "PayPay"])
def test_a_fee_is_paid_from_the_phone_and_seen_by_the_desk(phone, desk, live_town, sent, way):
    application, owed = sent
    _go_to_pay(phone, application, way)
    phone.get_by_role("button", name="支払う").click()
    expect(phone.get_by_role("heading", name="支払いが終わりました")).to_be_visible()
    with phone.expect_download() as waiting:
        phone.get_by_role("link", name="領収書").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
    phone.get_by_role("link", name="申請のページへもどる").click()
    expect(phone.get_by_text("支払い済み")).to_be_visible()
    desk.goto(f"/staff/cases/{application.case_id}/")
    expect(desk.get_by_text("支払い済み", exact=True)).to_be_visible()
    assert _now(live_town, owed).owed == 0
