"""A fee from the phone to the ledger: paid on a hosted page, seen by the desk, given back."""

import time
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from playwright.sync_api import expect

from nenrin.core.accounts.models import User
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role
from nenrin.core.people.models import Person
from nenrin.engines.payments.models import Payment, PaymentRequest, ProviderEvent
from nenrin.engines.payments.selectors import balances, request_for
from nenrin.engines.payments.services.set_up_merchants import set_up_merchant
from nenrin.rehearsal.agreed import STAND_IN_SECRETS
from nenrin.rehearsal.payments.tests.running import running_stand_ins
from nenrin.rehearsal.tests.running import free_port
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


@pytest.fixture
def phone(page, live_town, people, shops):
    shops.control()
    live_town.sign_in(page, people[0].user)
    page.set_viewport_size(PHONE)
    return page


@pytest.fixture
def desk(browser, live_town, people):
    context = browser.new_context(base_url=live_town.url, locale="ja-JP", viewport=DESK)
    made = context.new_page()
    live_town.sign_in(made, people[1])
    yield made
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


def _paid_events(live_town, owed):
    with live_town.scope():
        payments = list(Payment.objects.filter(request=owed))
        keys = [str(one.reference) for one in payments]
        events = [e for e in ProviderEvent.objects.all() if any(key in e.event for key in keys)]
        return payments, events


@pytest.mark.parametrize("how", ["before", "twice", "never"])
def test_whenever_and_however_often_the_webhook_comes_it_is_paid_once(
    phone, live_town, shops, sent, how
):
    application, owed = sent
    shops.control(webhook=how)
    _go_to_pay(phone, application)
    phone.get_by_role("button", name="支払う").click()
    expect(phone.get_by_role("heading", name="支払いが終わりました")).to_be_visible()
    found = _now(live_town, owed)
    assert (found.paid, found.owed) == (FEE, 0)
    payments, events = _paid_events(live_town, owed)
    assert len(payments) == 1 and len(events) == (0 if how == "never" else 1)


def test_a_payer_who_leaves_is_told_so_and_may_come_back(phone, live_town, sent):
    application, owed = sent
    _go_to_pay(phone, application)
    phone.get_by_role("button", name="やめて戻る").click()
    expect(phone.get_by_role("heading", name="支払いをやめました")).to_be_visible()
    assert _now(live_town, owed).owed == FEE
    phone.get_by_role("link", name="やっぱり払う").click()
    phone.get_by_role("button", name="支払う").click()
    expect(phone.get_by_role("heading", name="支払いが終わりました")).to_be_visible()
    assert _now(live_town, owed).owed == 0


def test_a_provider_that_fails_is_said_and_tried_again(phone, live_town, shops, sent):
    application, owed = sent
    shops.control(down=2)
    phone.goto(f"/procedures/applications/{application.pk}/pay")
    phone.get_by_label("Stripe").check()
    phone.get_by_role("button", name="支払いへ進む").click()
    expect(phone.get_by_text("支払いをはじめられませんでした")).to_be_visible()
    expect(phone.get_by_text("お金は動いていません")).to_be_visible()
    phone.get_by_role("link", name="もう一度払う").click()
    phone.get_by_label("Stripe").check()
    phone.get_by_role("button", name="支払いへ進む").click()
    phone.get_by_role("button", name="支払う").click()
    expect(phone.get_by_role("heading", name="支払いが終わりました")).to_be_visible()
    assert _now(live_town, owed).owed == 0


def test_two_taps_at_once_begin_one_payment(phone, live_town, sent):
    application, owed = sent
    address = f"/procedures/applications/{application.pk}/pay"
    phone.goto(address)
    token = phone.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    statuses = phone.evaluate(
        """async ([address, token]) => {
            const body = new URLSearchParams({ way: "stripe", csrfmiddlewaretoken: token });
            const taps = [...Array(6)].map(() =>
                fetch(address, { method: "POST", body, redirect: "manual" }));
            return (await Promise.all(taps)).map((answer) => answer.type);
        }""",
        [address, token],
    )
    assert statuses == ["opaqueredirect"] * 6
    with live_town.scope():
        assert Payment.objects.filter(request=owed).count() == 1


def test_another_amount_than_asked_for_is_never_taken_for_the_fee(
    phone, desk, live_town, shops, sent
):
    application, owed = sent
    shops.control(other_amount=1)
    _go_to_pay(phone, application)
    phone.get_by_role("button", name="支払う").click()
    expect(phone.get_by_text(f"あと{FEE - 1}円が残っています")).to_be_visible()
    assert _now(live_town, owed).owed == FEE - 1
    desk.goto("/staff/payments/")
    expect(desk.get_by_text(f"{FEE}円を求めて、1円が届きました")).to_be_visible()


def test_a_wrong_signature_changes_nothing(phone, live_town, shops, sent):
    application, owed = sent
    _go_to_pay(phone, application)
    with live_town.scope():
        payment = Payment.objects.get(request=owed)
    forged = {
        "id": "evt_forged",
        "type": "checkout.session.completed",
        "data": {
            "object": {
                "client_reference_id": str(payment.pk),
                "payment_status": "paid",
                "amount_total": FEE,
                "payment_intent": "pi_forged",
            }
        },
    }
    address = f"{live_town.url}/payments/webhooks/stripe"
    headers = {"Stripe-Signature": "t=1,v1=00"}
    assert phone.request.post(address, data=forged, headers=headers).status == 400
    assert phone.request.post(address, data=forged).status == 400
    assert _now(live_town, owed).owed == FEE


def test_the_desk_takes_cash_reduces_and_gives_back_on_line(phone, desk, live_town, shops, sent):
    application, owed = sent
    desk.goto(f"/staff/cases/{application.case_id}/")
    desk.get_by_role("link", name="受け取る・減免する").click()
    desk.get_by_text("減免する", exact=True).first.click()
    desk.get_by_label("金額（円）").fill("84")
    desk.get_by_label("理由").fill("条例第7条による減額")
    desk.get_by_role("button", name="減免する").click()
    expect(desk.get_by_text("減免しました。")).to_be_visible()
    desk.get_by_label("現金").check()
    desk.get_by_role("button", name="600円を受け取った").click()
    expect(desk.get_by_text("600円を受け取りました")).to_be_visible()
    with desk.expect_download() as waiting:
        desk.get_by_role("link", name="領収書（PDF）").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
    assert _now(live_town, owed).state == "settled"
    phone.goto(f"/procedures/applications/{application.pk}/")
    expect(phone.get_by_text("600円　現金")).to_be_visible()


def test_a_card_payment_goes_back_and_the_day_is_compared(phone, desk, live_town, shops, sent):
    application, owed = sent
    _go_to_pay(phone, application)
    phone.get_by_role("button", name="支払う").click()
    expect(phone.get_by_role("heading", name="支払いが終わりました")).to_be_visible()
    desk.goto(f"/staff/payments/{owed.pk}/")
    desk.get_by_text("返金する（").click()
    desk.get_by_label("金額（円）").fill("84")
    desk.get_by_label("理由").fill("一通だけでよくなった")
    desk.get_by_role("button", name="返金する").click()
    expect(desk.get_by_text("返金をはじめました")).to_be_visible()

    def returned():
        desk.reload()
        return desk.get_by_text("返しました", exact=True).count() > 0

    assert _soon(returned)
    found = _now(live_town, owed)
    assert (found.refunded, found.owed) == (84, 0)
    desk.goto("/staff/payments/")
    desk.get_by_role("button", name="突き合わせる").click()
    expect(desk.get_by_text("突き合わせをはじめました")).to_be_visible()

    def compared():
        desk.reload()
        return desk.get_by_text("合いました").count() >= 3

    assert _soon(compared)
    phone.goto(f"/procedures/applications/{application.pk}/")
    expect(phone.get_by_text("返金 84円")).to_be_visible()


def _soon(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.5)
    return False
