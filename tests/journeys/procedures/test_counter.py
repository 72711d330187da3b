"""Prepared at home on a phone, gone on with at the counter, decided upon with a face; and races."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from nenrin.core.accounts.models import User
from nenrin.core.organization.fiscal_years import fiscal_year
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role
from nenrin.engines.bookings.models import Booking, Resource
from nenrin.engines.bookings.rules import Slot
from nenrin.engines.bookings.services.book import Booker, BookingRefused, book
from nenrin.engines.casework.models import Case
from nenrin.engines.measures.gauges import gauges
from nenrin.residents.counter.models import Duty, Preparation, Service, Ticket, Window
from nenrin.residents.counter.services.call_ticket import call_next
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.tests.factories import publish

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
CLERKS, TICKETS = 8, 40
ANSWERS = {
    **{"household": "same", "children": "no", "water": "yes", "dog": "no"},
    **{"building": "none", "snow": "no"},
}


@pytest.fixture(scope="module")
def clerk(live_town):
    """A clerk at the counter, and the forms of the interview."""
    with live_town.scope():
        publish("water-start-stop")
        publish("move-within")
        user = User.objects.create_user("counter@kaneyama.invalid", name="窓口", kind="staff")
        section = Section.objects.create(code="mado", name="町民税務課")
        StaffMember.objects.create(user=user, section=section, post="主事", roles=[Role.DESK])
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
        Service.objects.update(opens=time(0), closes=time(23, 59))
        return user


def _gauge(live_town):
    with live_town.scope():
        return gauges.get("counter-satisfaction").read(fiscal_year(timezone.localdate()))


def test_prepared_at_home_finished_at_the_counter(live_town, browser, page, clerk):
    phone = page
    phone.set_viewport_size(PHONE)
    before = _gauge(live_town)
    phone.goto("/counter/")
    phone.get_by_role("button", name="町の中で引っ越した（転居）").click()
    for name, value in ANSWERS.items():
        _answer(phone, name, value)
    phone.get_by_role("button", name="確かめる").click()
    expect(phone.get_by_role("heading", name="手続きは2つです")).to_be_visible()
    phone.get_by_role("link", name="先に書いておく").click()
    _write_once(phone)
    expect(phone.get_by_text("杉山 花子")).to_be_visible()
    code = phone.locator("[data-code]").inner_text()
    expect(phone.locator(".qr svg")).to_be_visible()
    desk = browser.new_context(base_url=live_town.url, viewport=DESK).new_page()
    live_town.sign_in(desk, clerk)
    number = _finish_at_the_counter(desk, live_town, code)
    with live_town.scope():
        case = Case.objects.get(kind="water-start-stop")
        application = Application.objects.get(case=case)
        assert (application.mouth, application.typed_by) == ("counter", str(clerk))
        assert application.identity == "desk"
        assert application.answers["applicant"]["family"] == "杉山"
        assert case.number == number
        assert Preparation.objects.get().sealed == ""
    _give_a_face(desk, phone)
    after = _gauge(live_town)
    assert after.records == before.records + 1 and after.value == 100.0
    assert after.low < after.value
    desk.context.close()


def _answer(page, name, value):
    box = page.locator(f"[name='{name}']")
    if box.first.evaluate("box => box.tagName") == "SELECT":
        box.select_option(value)
    else:
        page.locator(f"[name='{name}'][value='{value}']").check()
    page.wait_for_load_state("networkidle")


def _write_once(phone):
    phone.locator("[name='applicant.family']").fill("杉山")
    phone.locator("[name='applicant.given']").fill("花子")
    phone.locator("[name='applicant.family_kana']").fill("スギヤマ")
    phone.locator("[name='applicant.given_kana']").fill("ハナコ")
    phone.locator("[name='telephone']").fill("0233-52-1111")
    phone.get_by_role("button", name="確かめる").click()


def _finish_at_the_counter(desk, live_town, code):
    """The clerk opens it by its code, and sends the water form, whose person is written already."""
    desk.goto(f"/counter/c/{code}")
    expect(desk.get_by_role("heading", name="町の中で引っ越した（転居）")).to_be_visible()
    desk.get_by_role("button", name="この人を受ける").click()
    expect(desk.get_by_text("杉山 花子")).to_be_visible()
    desk.get_by_role("button", name="書類で確かめた").click()
    row = desk.get_by_role("listitem").filter(has_text="水道の使用開始").last
    row.get_by_role("button", name="申請をはじめる").click()
    expect(desk.locator("[name='applicant.family']")).to_have_value("杉山")
    _through_the_form(desk, live_town)
    number = desk.locator("h1").inner_text().split()[0]
    desk.goto(f"/counter/c/{code}")
    expect(desk.get_by_text(f"受け付けました {number}")).to_be_visible()
    desk.get_by_role("button", name="この人の手続きを終わる").click()
    return number


def _through_the_form(desk, live_town):
    day = timezone.localdate() + timedelta(days=5)
    for _ in range(8):
        if "/review" in desk.url:
            break
        _fill_page(desk, day)
        desk.get_by_role("button", name="次へ").or_(
            desk.get_by_role("button", name="確かめる")
        ).click()
        desk.wait_for_load_state()
    desk.get_by_label("申請した人に確かめました").check()
    desk.get_by_role("button", name="送る").click()


def _fill_page(desk, day):
    """What the form asks besides what is known: first choices, a day, a place."""
    for box in desk.locator("main select:not([name$='.era'])").all():
        if box.is_visible() and not box.input_value():
            box.select_option(index=1)
            desk.wait_for_load_state("networkidle")
    for group in desk.locator("fieldset:has(input[type=radio])").all():
        if group.locator("input[type=radio]:checked").count() == 0:
            group.locator("input[type=radio]").first.check()
            desk.wait_for_load_state("networkidle")
    texts = {"year": day.year, "month": day.month, "day": day.day, "number": 324}
    for name, text in texts.items():
        for box in desk.locator(f"input[name$='.{name}']").all():
            if box.is_visible() and not box.input_value():
                box.fill(str(text))


def _give_a_face(desk, phone):
    link = desk.get_by_role("link", name="この画面で答えてもらう").get_attribute("href")
    phone.goto(link)
    phone.get_by_label("よかった", exact=True).check()
    phone.get_by_role("button", name="答える").click()
    expect(phone.get_by_text("ありがとうございます")).to_be_visible()
    phone.goto(link)
    phone.get_by_label("よかった", exact=True).check()
    phone.get_by_role("button", name="答える").click()


def test_the_call_screen_follows_and_says_when_it_is_cut_off(live_town, page, clerk):
    with live_town.scope():
        service = Service.objects.get(code="tax")
        window = Window.objects.get(number=3)
        _tickets(service, 1)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/counter/screen")
    expect(page.get_by_text("いまお呼びしている番号はありません")).to_be_visible()
    with live_town.scope():
        call_next(window=window, acting_user="t")
    expect(page.locator(".calls .call-number")).to_have_text("B901")
    assert page.locator(".calls .call-number").bounding_box()["height"] > 90
    page.context.set_offline(True)
    expect(page.locator("#lost")).to_be_visible()
    expect(page.locator(".calls .call-number")).to_have_text("B901")
    page.context.set_offline(False)
    expect(page.locator("#lost")).to_be_hidden()


def _tickets(service, count):
    now = timezone.now()
    Ticket.objects.bulk_create(
        Ticket(
            service=service,
            day=timezone.localdate(now),
            number=901 + n,
            label=f"{service.prefix}{901 + n}",
            source="kiosk",
            taken_at=now + timedelta(milliseconds=n),
        )
        for n in range(count)
    )


def test_clerks_who_call_at_once_never_get_the_same_number(live_town, clerk):
    with live_town.scope():
        service = Service.objects.create(code="race", name="競争", prefix="R")
        windows = [Window.objects.create(number=50 + n) for n in range(CLERKS)]
        Duty.objects.bulk_create(Duty(window=window, service=service) for window in windows)
        _tickets(service, TICKETS)

    def call_all(window):
        called = []
        try:
            while True:
                with live_town.scope():
                    ticket = call_next(window=window, acting_user="t")
                    if ticket is None:
                        return called
                    Ticket.objects.filter(pk=ticket.pk).update(state="done")
                called.append(ticket.label)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLERKS) as pool:
        called = [label for one in pool.map(call_all, windows) for label in one]
    assert sorted(called) == [f"R{901 + n}" for n in range(TICKETS)]


def test_one_time_is_booked_once_whoever_is_first(live_town, clerk):
    with live_town.scope():
        desk = Resource.objects.create(key="race", name="競争", seats=2)
        room = Resource.objects.create(key="race-room", name="個室", is_room=True)
    start = timezone.make_aware(datetime(2126, 11, 26, 9, 0))
    slots = [Slot(start + timedelta(minutes=m), start + timedelta(minutes=m + 30)) for m in (0, 15)]

    def take(number):
        try:
            with live_town.scope():
                book(
                    resource=desk,
                    slot=slots[number % 2],
                    booker=Booker(f"人{number}"),
                    room=room if number % 4 == 0 else None,
                    acting_user="t",
                )
            return 1
        except BookingRefused:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(16))) == 2
    with live_town.scope():
        assert Booking.objects.filter(resource=desk).count() == 2
        assert Booking.objects.filter(resource=room).count() <= 1
