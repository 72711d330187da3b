"""A clerk makes a procedure with a conditional question and a fee; a resident applies for it."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from playwright.sync_api import expect

from nenrin.core.accounts.models import User
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role
from nenrin.engines.casework.models import Case
from nenrin.engines.forms.models import DefinitionVersion

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
SECTION = "環境整備課"


@pytest.fixture(scope="module")
def clerk(live_town):
    with live_town.scope():
        user = User.objects.create_user("kankyo@kaneyama.invalid", name="環境 係", kind="staff")
        section = Section.objects.create(code="kankyo", name=SECTION)
        StaffMember.objects.create(user=user, section=section, post="主事", roles=[Role.FORMS])
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
        return user


@pytest.fixture
def desk(browser, live_town, clerk):
    context = browser.new_context(base_url=live_town.url, locale="ja-JP", viewport=DESK)
    made = context.new_page()
    live_town.sign_in(made, clerk)
    yield made
    context.close()


def _begin(desk):
    desk.goto("/staff/")
    desk.get_by_role("link", name="手続きを作る・直す").click()
    desk.get_by_role("link", name="新しく作る").click()
    desk.get_by_label("手続きの名前").fill("雪捨て場の利用")
    desk.get_by_label("アドレスに使う短い名前").fill("snow-dump")
    desk.get_by_role("button", name="作り始める").click()
    expect(desk.get_by_role("heading", name="雪捨て場の利用")).to_be_visible()


def _add(desk, words, kind):
    desk.get_by_label("聞くこと").fill(words)
    desk.get_by_label("答え方").select_option(label=kind)
    desk.get_by_role("button", name="足す", exact=True).click()
    expect(desk.get_by_role("heading", name=words)).to_be_visible()


def _ask(desk):
    desk.get_by_role("link", name="「申請する人」を開く").click()
    _add(desk, "トラックで運びますか", "はい・いいえ")
    desk.get_by_role("link", name="ページへもどる").click()
    _add(desk, "何トン車ですか", "数")
    shown = desk.get_by_label("この項目を出すとき", exact=True)
    shown.select_option(label="「トラックで運びますか」が「はい」")
    desk.get_by_label("単位").fill("トン")
    desk.get_by_label("いちばん小さい数").fill("1")
    desk.get_by_label("いちばん大きい数").fill("10")
    desk.get_by_role("button", name="残す", exact=True).click()
    expect(desk.get_by_text("「トラックで運びますか」が「はい」のときだけ出す")).to_be_visible()


def _charge(desk):
    desk.get_by_role("link", name="手数料", exact=True).click()
    desk.get_by_role("link", name="手数料を足す").click()
    desk.get_by_label("手数料の名前").fill("利用料")
    amount = desk.get_by_label("額（円）")
    amount.press_sequentially("numbr1 * 100")
    expect(desk.get_by_text("「number1」のことですか")).to_be_visible()
    amount.fill("number1 * 100")
    expect(desk.get_by_text("読み方: 「何トン車ですか」 × 100")).to_be_visible()
    desk.get_by_label("条文").fill("町雪捨て場条例 別表")
    when = desk.get_by_label("当てはまるとき", exact=True)
    when.select_option(label="「トラックで運びますか」が「はい」")
    desk.get_by_role("button", name="残す", exact=True).click()


def _settle_the_office(desk):
    desk.get_by_role("link", name="役場のきまり").click()
    desk.get_by_label("担当の係").select_option(label=SECTION)
    desk.get_by_label("決める人").fill("環境整備課長")
    desk.get_by_label("確かめた根拠").fill("町雪捨て場条例")
    desk.get_by_role("button", name="残す", exact=True).click()


def _mend_what_the_machine_finds(desk):
    desk.get_by_role("link", name="公開", exact=True).click()
    expect(desk.get_by_text("手数料が決まらない答えが")).to_be_visible()
    expect(desk.get_by_role("button", name="公開する")).to_be_disabled()
    desk.get_by_role("link", name="手数料", exact=True).click()
    desk.get_by_role("link", name="手数料を足す").click()
    desk.get_by_label("手数料の名前").fill("手で運ぶ人")
    desk.get_by_label("額（円）").fill("0")
    desk.get_by_role("button", name="残す", exact=True).click()


def _walk(desk):
    desk.get_by_role("link", name="ためす", exact=True).click()
    desk.get_by_label("見本の答えを入れて").check()
    desk.get_by_role("button", name="はじめる").click()
    expect(desk.get_by_role("heading", name="送れます")).to_be_visible()
    desk.get_by_role("link", name="「申請する人」を直す").click()
    expect(desk.get_by_text("ためしています。")).to_be_visible()
    truck = desk.locator("fieldset", has_text="トラックで運びますか")
    truck.get_by_label("はい", exact=True).check()
    desk.get_by_label("何トン車ですか").fill("4")
    desk.get_by_role("button", name="確かめる").click()
    expect(desk.get_by_text("400円")).to_be_visible()
    desk.get_by_label("どんな人か").fill("4トン車の人")
    desk.get_by_role("button", name="テストに残す").click()
    expect(desk.get_by_text("合っています")).to_be_visible()


def _apply(page):
    page.set_viewport_size(PHONE)
    page.goto("/procedures/")
    page.get_by_label("ふだんの言葉でさがせます").fill("雪捨て")
    page.get_by_role("button", name="さがす").click()
    page.get_by_role("link", name="雪捨て場の利用").click()
    page.get_by_role("button", name="はじめる").click()
    page.get_by_role("link", name="書きはじめる").click()
    for label, text in (("名字", "雪"), ("名前", "花子"), ("名字のフリガナ", "ユキ")):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("名前のフリガナ", exact=True).fill("ハナコ")
    page.get_by_label("町名・字").select_option(index=1)
    page.get_by_label("番地").fill("324-1")
    page.get_by_label("昼間つながる電話番号").fill("0233-52-2111")
    expect(page.get_by_label("何トン車ですか")).to_have_count(0)
    truck = page.locator("fieldset", has_text="トラックで運びますか")
    truck.get_by_label("はい", exact=True).check()
    page.get_by_label("何トン車ですか").fill("4")
    page.get_by_role("button", name="確かめる").click()
    expect(page.get_by_text("400円")).to_be_visible()
    page.get_by_label("まちがいはありません").check()
    page.get_by_label("同意します").check()
    page.get_by_role("button", name="送る", exact=True).click()
    expect(page.get_by_role("heading", name="受け付けました")).to_be_visible()


def test_a_clerk_makes_a_procedure_and_a_resident_applies_for_it(desk, page, live_town):
    _begin(desk)
    _ask(desk)
    _charge(desk)
    _settle_the_office(desk)
    _mend_what_the_machine_finds(desk)
    _walk(desk)
    desk.get_by_role("link", name="公開", exact=True).click()
    desk.get_by_role("button", name="公開する").click()
    expect(desk.get_by_text("第1版を公開しました")).to_be_visible()
    _apply(page)
    with live_town.scope():
        case = Case.objects.get(kind="snow-dump")
        assert case.section.name == SECTION and case.applications.get().fee["amount"] == 400
        assert DefinitionVersion.objects.get(form__slug="snow-dump").content["examples"]
