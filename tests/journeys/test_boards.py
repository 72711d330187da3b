"""A night at the boards, in a real browser: shelters, calls for help, visits, and the rings."""

import re

import pytest
from playwright.sync_api import expect

from nenrin.core.messaging.models import Delivery, Message, Visit
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.tokens import delivery_token
from nenrin.core.organization.models import StaffMember
from nenrin.demo.services.load_staff import load_demo_staff

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def session(live_town):
    with live_town.scope():
        load_demo_staff(seed="test")
        member = StaffMember.objects.select_related("user").filter(roles__len__gt=0).first()
    return live_town.session_of(member.user)


@pytest.fixture
def staff(page, live_town, session):
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_town.url}])
    return page


@pytest.fixture(scope="module")
def message(live_town):
    with live_town.scope():
        made = make_message(is_drill=True)
        release_message(message=made, acting_user="tester")
        return Message.objects.get(pk=made.pk)


@pytest.fixture
def stranger(browser, live_town):
    """Someone else's phone."""
    context = browser.new_context(base_url=live_town.url, viewport=PHONE, locale="ja-JP")
    yield context.new_page()
    context.close()


def test_a_shelter_is_opened_and_counted_with_one_thumb(staff, stranger):
    staff.set_viewport_size(PHONE)
    staff.goto("/staff/shelters")
    staff.get_by_role("button", name=re.compile("^開く.*金山中学校体育館")).click()
    counter = staff.get_by_role("region", name="人数")
    for _ in range(3):
        before = int(counter.locator(".headline-number").inner_text())
        staff.get_by_role("button", name="5人ふやす").click()
        expect(counter.locator(".headline-number")).to_have_text(str(before + 5))
    staff.get_by_role("button", name="1人へらす").click()
    expect(counter.locator(".headline-number")).to_have_text("14")
    staff.get_by_label("いまの人数").fill("22")
    staff.get_by_role("button", name="この人数にする").click()
    expect(counter.locator(".headline-number")).to_have_text("22")
    stranger.goto("/shelters")
    expect(stranger.get_by_role("heading", name="金山中学校体育館")).to_be_visible()
    expect(stranger.get_by_role("img", name=re.compile("避難所の地図"))).to_be_visible()


def test_the_nearest_shelter_comes_first_on_the_phone_alone(staff, browser, live_town):
    staff.goto("/staff/shelters")
    for name in ("旧中田小学校体育館", "旧有屋小学校体育館"):
        staff.get_by_role("button", name=re.compile(f"^開く.*{name}")).click()
        staff.wait_for_url(re.compile(r"/staff/shelters/\d+$"))
        staff.goto("/staff/shelters")
    context = browser.new_context(
        base_url=live_town.url,
        geolocation={"latitude": 38.9044, "longitude": 140.3772},
        permissions=["geolocation"],
    )
    phone = context.new_page()
    phone.goto("/shelters")
    phone.get_by_role("button", name="近い順にならべる").click()
    first = phone.locator("[data-places] > li").first
    expect(first).to_contain_text("旧有屋小学校体育館")
    expect(first).to_contain_text("0.0 km")
    context.close()


def test_a_call_for_help_is_seen_taken_and_finished(staff, stranger, live_town, message):
    with live_town.scope():
        home = Delivery.objects.filter(message=message, household__isnull=False).first()
        token = delivery_token(live_town.code, home.pk)
        address = home.household.address
    staff.goto(f"/staff/safety/{message.pk}")
    expect(staff.get_by_text("助けの求めはありません")).to_be_visible()
    with live_town.worker():
        stranger.goto(f"/m/{token}")
        stranger.locator("button[value=help]").first.click()
        stranger.locator("[name=words]").first.fill("二階にいます")
        stranger.get_by_role("button", name="伝える", exact=True).first.click()
        card = staff.locator(".lane.new article")
        expect(card).to_contain_text("二階にいます")
        expect(card).to_contain_text(address)
    card.get_by_role("link").click()
    staff.get_by_label("だれが向かうか").fill("消防団 1部")
    staff.get_by_role("button", name="向かう", exact=True).click()
    staff.get_by_role("button", name="済み", exact=True).click()
    expect(staff.get_by_role("alert")).to_contain_text("どうなったか")
    staff.get_by_label("メモ").fill("避難所へ送った")
    staff.get_by_role("button", name="済み", exact=True).click()
    expect(staff.get_by_text("この助けは済みました")).to_be_visible()


def test_a_visitor_marks_on_the_phone_and_the_rings_fill(staff, stranger, live_town, message):
    staff.goto(f"/staff/messages/{message.pk}/")
    log = staff.get_by_role("region", name="届いた世帯")
    before = int(log.locator(".headline-number").inner_text())
    staff.goto(f"/staff/messages/{message.pk}/visits")
    staff.get_by_role("button", name="いま訪問を始める").click()
    with live_town.scope():
        visit = Visit.objects.filter(message=message).exclude(visitor=None).first()
        visitor, number = str(visit.visitor), visit.household.number
    staff.get_by_role("button", name=re.compile(f"^リンク(?!を).*{visitor}")).click()
    link = staff.get_by_label("リンク").input_value()
    staff.goto(f"/staff/messages/{message.pk}/")
    stranger.goto(link[link.index("/visit/") :])
    expect(stranger.get_by_text("訓練です")).to_be_visible()
    card = stranger.locator(f"#home-{number}")
    card.get_by_role("textbox").fill("元気")
    card.get_by_role("button", name="無事").click()
    expect(stranger.locator(f"#home-{number}")).to_contain_text("無事")
    expect(log.locator(".headline-number")).to_have_text(str(before + 1))


def test_a_household_is_taken_by_hand_and_given_back(staff, message):
    staff.goto(f"/staff/messages/{message.pk}/")
    staff.locator(".silent-table tbody a").first.click()
    staff.get_by_label("電話", exact=True).check()
    staff.get_by_label("無事", exact=True).check()
    staff.get_by_role("button", name="記録する", exact=True).click()
    expect(staff.get_by_text("届いています")).to_be_visible()
    staff.get_by_text("取り消す", exact=False).first.click()
    staff.get_by_label("取り消す理由").fill("となりの世帯だった")
    staff.get_by_role("button", name="この記録を取り消す").click()
    expect(staff.get_by_text("まだ返事がありません")).to_be_visible()
    expect(staff.get_by_text("取り消し済み")).to_be_visible()


def test_a_link_is_not_replaced_under_a_finger(staff, message):
    staff.goto(f"/staff/messages/{message.pk}/", wait_until="networkidle")
    staff.evaluate("document.fonts.ready")
    link = staff.locator(".silent-table tbody a").first
    link.hover()
    held = link.element_handle()
    staff.mouse.down()
    staff.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    staff.wait_for_timeout(1000)
    assert held.evaluate("link => link.isConnected")
    staff.mouse.up()
    staff.wait_for_url("**/households/**")


def test_the_situation_report_opens_as_a_pdf(staff, message):
    staff.goto(f"/staff/messages/{message.pk}/")
    path = staff.get_by_role("link", name="状況報告書（PDF）").get_attribute("href")
    answer = staff.request.get(path)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
