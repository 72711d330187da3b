"""住民票の写し from a phone: applied for, asked back, mended, decided, read; and taps too many."""

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from playwright.sync_api import expect

from nenrin.core.accounts.models import User
from nenrin.core.messaging.models import Delivery
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role
from nenrin.core.people.models import Person
from nenrin.engines.casework.models import Case
from nenrin.residents.procedures.models import Application, ApplicationNotice, ApplicationRevision
from nenrin.residents.procedures.tests.factories import begin, fill, publish, record_answers

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def people(live_town):
    """A resident with a device who signs in, and a clerk of the section that issues copies."""
    with live_town.scope():
        publish()
        living = Person.objects.filter(household__endpoints__kind="tablet", is_head=True)
        person = living.order_by("number").first()
        person.user = User.objects.create_user("hanako@example.invalid", name="町民")
        person.save(update_fields=["user"])
        clerk = User.objects.create_user("mado@kaneyama.invalid", name="窓口", kind="staff")
        section = Section.objects.create(code="chomin", name="町民税務課")
        StaffMember.objects.create(user=clerk, section=section, post="主事", roles=[Role.DESK])
        TOTP.activate(clerk, "JBSWY3DPEHPK3PXP")
        return person, clerk


@pytest.fixture
def phone(page, live_town, people):
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


def _group(page, legend):
    return page.locator("fieldset", has=page.locator("legend", has_text=legend)).last


def _choose(phone, question, answer):
    """Choose from a list, and wait until the page has asked the server what that changes."""
    phone.get_by_label(question).select_option(label=answer)
    phone.wait_for_load_state("networkidle")


def _apply(phone, person):
    phone.goto("/doors/procedures")
    phone.get_by_role("link", name="手続きをさがす").click()
    phone.get_by_label("ふだんの言葉でさがせます").fill("本籍")
    phone.get_by_role("button", name="さがす").click()
    phone.get_by_role("link", name="住民票の写しの請求").click()
    phone.get_by_role("button", name="はじめる").click()
    expect(phone.get_by_role("heading", name="請求する人")).to_be_visible()
    expect(_group(phone, "氏名").get_by_label("名字", exact=True)).to_have_value(person.family_name)
    phone.get_by_label("昼間つながる電話番号").fill("0233-52-2111")
    phone.get_by_role("button", name="次へ").click()
    _choose(phone, "種類", "世帯の全員")
    for question, answer in (("続柄", "はい"), ("外国籍", "いいえ"), ("本籍", "いいえ")):
        _group(phone, question).get_by_label(answer).check()
        phone.wait_for_load_state("networkidle")
    phone.get_by_label("通数").fill("2")
    _choose(phone, "何に使いますか", "銀行・ローン")
    phone.get_by_role("button", name="次へ").click()
    _choose(phone, "送り方", "普通郵便")
    phone.get_by_role("button", name="確かめる").click()
    expect(phone.get_by_text("684円")).to_be_visible()
    phone.get_by_role("button", name="送る", exact=True).click()
    expect(phone.get_by_text("下の確かめに印をつけてください")).to_be_visible()
    phone.get_by_label("まちがいはありません").check()
    phone.get_by_label("同意します").check()
    phone.get_by_role("button", name="送る", exact=True).click()
    expect(phone.get_by_role("heading", name="受け付けました")).to_be_visible()


def test_a_copy_is_applied_for_mended_decided_and_read(phone, desk, live_town, people):
    _apply(phone, people[0])
    with live_town.scope():
        application = Application.objects.get(user=people[0].user)
        number = application.sent_case.number
    expect(phone.get_by_text(number)).to_be_visible()
    desk.goto("/staff/")
    desk.get_by_role("link", name="受付の列を開く").click()
    desk.get_by_role("link", name=number).click()
    desk.get_by_role("button", name="審査を始める").click()
    desk.get_by_text("直してもらう（補正）").click()
    desk.get_by_label("通数", exact=True).check()
    desk.get_by_label("どう直すか").fill("何通いるか、もう一度書いてください。")
    desk.get_by_role("button", name="直してもらう").click()
    expect(desk.get_by_text("申請した人が直すのを待っています")).to_be_visible()
    phone.goto("/procedures/applications/")
    phone.get_by_role("link", name="住民票の写しの請求").click()
    phone.get_by_role("link", name="直すところを開く").click()
    expect(phone.get_by_label("何に使いますか")).to_have_count(0)
    phone.get_by_label("通数").fill("3")
    phone.get_by_role("button", name="確かめる").click()
    phone.get_by_label("まちがいはありません").check()
    phone.get_by_label("同意します").check()
    phone.get_by_role("button", name="直して送る").click()
    expect(phone.get_by_role("heading", name="審査しています")).to_be_visible()
    _decide(desk)
    phone.reload()
    expect(phone.get_by_text("請求のとおり住民票の写しを交付する")).to_be_visible()
    with phone.expect_download() as waiting:
        phone.get_by_role("link", name="決定通知書").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
    phone.get_by_label("よかった", exact=True).check()
    phone.get_by_role("button", name="答える").click()
    expect(phone.get_by_text("ありがとうございます")).to_be_visible()
    with live_town.scope():
        told = ApplicationNotice.objects.filter(application=application)
        assert [one.turn for one in told] == ["received", "returned", "approved"]
        sent = Delivery.objects.filter(message__in=told.values("message"))
        assert set(sent.values_list("household", flat=True)) == {people[0].household_id}


def _decide(desk):
    desk.reload()
    expect(desk.get_by_text("直した", exact=True)).to_be_visible()
    while desk.get_by_role("button", name="確かめた").count():
        desk.get_by_role("button", name="確かめた").first.click()
        desk.wait_for_load_state()
    desk.get_by_text("決定する", exact=True).click()
    desk.get_by_label("認める", exact=True).check()
    desk.get_by_role("button", name="決定して通知書をつくる").click()
    expect(desk.get_by_role("heading", name="決定: 認める")).to_be_visible()


def test_many_taps_at_once_make_one_case(live_town, people):
    with live_town.scope():
        application, _ = begin(person=people[0])
        fill(application, record_answers())
        before = Case.objects.count()
    key = live_town.session_of(people[0].user)
    path = f"/procedures/applications/{application.pk}/review"

    def see(_):
        seen = _ask(live_town, "GET", path, {"Cookie": f"sessionid={key}"})
        return SimpleCookie(seen.getheader("Set-Cookie"))["csrftoken"].value

    def tap(token):
        words = {"truth": "1", "consent": "1", "submission": uuid4(), "csrfmiddlewaretoken": token}
        headers = {
            "Cookie": f"sessionid={key}; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return _ask(live_town, "POST", path, headers, urlencode(words)).status

    with ThreadPoolExecutor(8) as pool:
        # Every page is open before the first tap: one that was sent shows no button any more.
        assert set(pool.map(tap, list(pool.map(see, range(8))))) == {302}
    with live_town.scope():
        assert Case.objects.count() == before + 1
        assert ApplicationRevision.objects.filter(application=application).count() == 1


def _ask(live_town, way, path, headers, body=None):
    connection = HTTPConnection("localhost", live_town.port, timeout=20)
    connection.request(way, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer
