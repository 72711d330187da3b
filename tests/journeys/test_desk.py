"""The alert desk in a real browser: two people, one telegram, an order given and lifted."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from nenrin.core.accounts.models import User
from nenrin.core.audit.models import AuditEntry
from nenrin.core.messaging.models import Message
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role
from nenrin.residents.alerts.models import AlertRule
from nenrin.residents.alerts.services.ingest_telegram import store_telegram
from nenrin.residents.alerts.services.read_telegram import read_telegram
from nenrin.residents.alerts.telegrams.parse import parse_telegram
from nenrin.residents.orders.models import EvacuationOrder
from nenrin.residents.orders.selectors import orders_in_force
from tests.fixtures.stack import OWN_TELEGRAM

PHONE = {"width": 360, "height": 740}
SECRET = "JBSWY3DPEHPK3PXP"


def _member(live_town, local, name):
    with live_town.scope():
        user = User.objects.create_user(f"{local}@kaneyama.invalid", name=name, kind="staff")
        section, _ = Section.objects.get_or_create(code="bosai", defaults={"name": "総務課"})
        StaffMember.objects.create(user=user, section=section, post="主事", roles=[Role.ALERTS])
        TOTP.activate(user, SECRET)
        return user


@pytest.fixture(scope="module")
def author(live_town):
    return _member(live_town, "kaku", "書く人")


@pytest.fixture(scope="module")
def second(live_town):
    return _member(live_town, "yomu", "読む人")


def _sign_in(page, live_town, user):
    live_town.sign_in(page, user)
    page.set_viewport_size(PHONE)
    return page


@pytest.fixture
def phone(page, live_town, author):
    """The author's phone."""
    return _sign_in(page, live_town, author)


@pytest.fixture
def other_phone(browser, live_town, second):
    """The second person's own device."""
    context = browser.new_context(base_url=live_town.url, locale="ja-JP")
    yield _sign_in(context.new_page(), live_town, second)
    context.close()


def _telegram_draft(live_town):
    """A telegram that the town's rules leave to staff."""
    with live_town.scope():
        AlertRule.objects.filter(hazard="landslide").update(action=AlertRule.Action.DRAFT)
        data = OWN_TELEGRAM.read_bytes()
        now = timezone.localtime().replace(microsecond=0)
        moment = re.compile(rb"<ReportDateTime>[^<]*</ReportDateTime>")
        fresh = moment.sub(b"<ReportDateTime>%s</ReportDateTime>" % now.isoformat().encode(), data)
        taken = store_telegram(
            data=fresh.replace("訓練".encode(), "通常".encode(), 1), received_at=now
        )
        read_telegram(row=taken.row, parsed=parse_telegram(bytes(taken.row.raw)))
        return Message.objects.filter(released_at=None).latest("created_at")


def _choose_order(page, live_town):
    page.goto("/staff/desk/new")
    page.get_by_label("警戒レベル4 避難指示").check()
    page.get_by_label("土砂災害").check()
    page.get_by_label("有屋", exact=True).check()
    page.get_by_role("button", name="次へ").click()
    page.wait_for_url("**/words")


def test_a_telegrams_draft_is_edited_agreed_to_released_updated_and_lifted(
    phone, other_phone, live_town
):
    made = _telegram_draft(live_town)
    phone.goto("/staff/")
    phone.get_by_role("button", name="開いて確かめる").first.click()
    phone.wait_for_url("**/words")
    expect(phone.get_by_role("heading", name="もとの電文")).to_be_visible()
    phone.get_by_label("題名", exact=True).fill("沢の水がにごったら、すぐ離れてください")
    phone.get_by_role("button", name="たしかめる").click()
    phone.get_by_role("button", name="同意を頼む").click()
    expect(phone.get_by_text("同意を頼みました").first).to_be_visible()
    other_phone.goto("/staff/")
    other_phone.get_by_role("link", name="読んで同意する").click()
    expect(other_phone.get_by_role("heading", name="沢の水がにごったら").first).to_be_visible()
    other_phone.get_by_role("button", name="同意して送る").click()
    expect(other_phone.get_by_text("世帯に送り始めました")).to_be_visible()
    with live_town.scope():
        made.refresh_from_db()
        assert made.released_at and made.title.startswith("沢の水")
    other_phone.get_by_role("button", name="更新・延長する").click()
    other_phone.get_by_role("button", name="次へ").click()
    other_phone.get_by_label("題名", exact=True).fill("雨が弱まりました。まだ沢に近づかないで")
    other_phone.get_by_role("button", name="たしかめる").click()
    other_phone.get_by_role("button", name="同意を頼む").click()
    phone.goto("/staff/")
    phone.get_by_role("link", name="読んで同意する").click()
    phone.get_by_role("button", name="同意して送る").click()
    phone.wait_for_url("**/events/**")
    with live_town.scope():
        update = Message.objects.get(title__startswith="雨が弱まりました")
        assert update.supersedes == made


def test_an_order_is_lifted_and_the_event_closed(phone, other_phone, live_town):
    _choose_order(phone, live_town)
    phone.get_by_role("button", name="たしかめる").click()
    phone.get_by_role("button", name="同意を頼む").click()
    expect(phone.get_by_text("同意を頼みました").first).to_be_visible()
    draft = phone.url
    other_phone.goto(draft)
    other_phone.get_by_role("button", name="同意して送る").click()
    other_phone.wait_for_url("**/events/**")
    with live_town.scope():
        assert [order.district_name for order in orders_in_force()] == ["有屋"]
    event = other_phone.url
    phone.goto(event)
    phone.get_by_role("button", name="解除する").click()
    phone.get_by_role("button", name="次へ").click()
    phone.get_by_role("button", name="たしかめる").click()
    phone.get_by_role("button", name="同意を頼む").click()
    expect(phone.get_by_text("同意を頼みました").first).to_be_visible()
    other_phone.goto(phone.url)
    other_phone.get_by_role("button", name="同意して送る").click()
    other_phone.wait_for_url("**/events/**")
    with live_town.scope():
        assert orders_in_force() == []
    other_phone.get_by_role("button", name="この出来事を終わりにする").click()
    expect(other_phone.get_by_text("この出来事を終わりにしました")).to_be_visible()


def test_alone_at_night_with_a_reason_that_the_others_read(phone, other_phone, live_town):
    _choose_order(phone, live_town)
    phone.get_by_role("button", name="たしかめる").click()
    phone.get_by_text("だれもいないとき、一人で送る").click()
    phone.get_by_label("一人で送る理由").fill("夜中の3時で、だれにも電話がつながりません")
    phone.get_by_role("button", name="理由を書いて一人で送る").click()
    expect(phone.get_by_text("一人で送りました").first).to_be_visible()
    other_phone.goto("/staff/")
    expect(other_phone.get_by_text("だれにも電話がつながりません")).to_be_visible()
    other_phone.get_by_role("link", name="見て確かめる").click()
    other_phone.get_by_role("button", name="内容を確かめました").click()
    expect(other_phone.get_by_text("確かめたことを記録しました")).to_be_visible()
    with live_town.scope():
        acts = set(AuditEntry.objects.values_list("action", flat=True))
        assert {"orders.broke_glass", "orders.released", "orders.reviewed"} <= acts
        assert EvacuationOrder.objects.filter(lifted_at=None).count() == 1


def test_words_outlive_the_session_and_the_network(phone, live_town, author):
    _choose_order(phone, live_town)
    phone.get_by_label("題名", exact=True).fill("保存されるはずの題")
    expect(phone.locator("#help")).to_contain_text("保存しました")
    phone.wait_for_function(
        "document.querySelector('[data-compose]').dataset.saved"
        " === document.querySelector('#help [data-saved]').dataset.saved"
    )
    phone.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    phone.get_by_label("題名", exact=True).fill("サインインが切れてから書いた題")
    expect(phone.get_by_text("サインインが切れました")).to_be_visible()
    address = phone.url
    _sign_in(phone, live_town, author)
    phone.goto(address)
    expect(phone.get_by_label("題名", exact=True)).to_have_value("サインインが切れてから書いた題")
    phone.context.set_offline(True)
    phone.get_by_label("題名", exact=True).fill("圏外で書いた題")
    expect(phone.get_by_text("いま保存できません")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("いま保存できません")).to_be_hidden()
    phone.reload()
    expect(phone.get_by_label("題名", exact=True)).to_have_value("圏外で書いた題")


def test_the_map_and_the_list_choose_the_same_districts(phone):
    phone.goto("/staff/desk/new")
    phone.locator(".district-map [data-district]").first.click()
    assert phone.locator('input[name="districts"]:checked').count() == 1
    phone.get_by_role("button", name="すべて選ぶ").click()
    boxes = phone.locator('input[name="districts"]')
    assert phone.locator('input[name="districts"]:checked').count() == boxes.count()
    phone.get_by_role("button", name="すべて外す").click()
    assert phone.locator(".district-map .chosen").count() == 0
