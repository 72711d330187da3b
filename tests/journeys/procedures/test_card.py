"""A resident raises the level with a card in the middle of a form; a card that differs is settled.

The card service is a real OpenID provider (`nenrin.rehearsal.card`); without Node: skipped.
"""

import json
from datetime import date

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from playwright.sync_api import expect

from nenrin.core.accounts.models import User
from nenrin.core.messaging.transports.tests.local_server import closed_port
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role
from nenrin.core.people.models import CardIdentity, Person
from nenrin.engines.forms.definition_file import read_definition
from nenrin.engines.forms.services.publish_version import publish_version
from nenrin.rehearsal.card.reader import CLIENT, MadeUpCard, issuer, missing
from nenrin.residents.procedures.models import Application
from tests.fixtures.card_reader import HANAKO, running_reader

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
AKIKO = MadeUpCard("akiko", "秋子", "岸 秋子", "山形県新庄市沖の町10番37号", "19600505")
FORM = """
slug: secret-matter
title: ないしょの手続き
owner: 住民係
identity: card
sections:
  - name: open
    title: 用件
    fields:
      - {kind: text, name: matter, label: 用件}
  - name: closed
    title: くわしいこと
    identity: card
    fields:
      - {kind: text, name: details, label: くわしいこと}
"""


@pytest.fixture(scope="module", autouse=True)
def card_port():
    """A port for the service, told to the web server before it starts."""
    if trouble := missing():
        pytest.skip(trouble)
    port = closed_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NENRIN_CARD_ISSUER", issuer(port))
        patch.setenv("NENRIN_CARD_CLIENTS", json.dumps({"063614": CLIENT}))
        yield port


@pytest.fixture(scope="module")
def reader(live_town, card_port, tmp_path_factory):
    """The service, with the cards of two residents."""
    redirect = f"{live_town.url}/card/return"
    folder = tmp_path_factory.mktemp("card")
    with running_reader(folder, redirect, [HANAKO, AKIKO], card_port) as made:
        yield made


def _resident(number, family, given, born, address):
    heads = Person.objects.filter(is_head=True, household__isnull=False).order_by("number")
    person = heads[number]
    person.family_name, person.given_name, person.birth_date = family, given, born
    person.save()
    person.household.address = address
    person.household.save()
    return person


@pytest.fixture(scope="module")
def people(live_town, reader):
    """Two residents as the register writes them, one of whom signs in, and a clerk."""
    with live_town.scope():
        publish_version(definition=read_definition(FORM), acting_user="t")
        hanako = _resident(0, "高橋", "花子", date(1950, 4, 1), "大字金山324番地1")
        hanako.user = User.objects.create_user("hana@example.invalid", name="花子")
        hanako.save(update_fields=["user"])
        akiko = _resident(1, "岸", "秋子", date(1960, 5, 5), "大字有屋12番地")
        clerk = User.objects.create_user("mado2@kaneyama.invalid", name="窓口", kind="staff")
        section = Section.objects.create(code="jumin", name="住民係")
        StaffMember.objects.create(user=clerk, section=section, post="主事", roles=[Role.DESK])
        TOTP.activate(clerk, "JBSWY3DPEHPK3PXP")
        return hanako, akiko, clerk


def _hold(page, card):
    expect(page.get_by_role("heading", name="カードをかざす（練習）")).to_be_visible()
    page.get_by_role("button", name=card).click()


def test_the_level_is_raised_in_the_middle_and_nothing_typed_is_lost(page, live_town, people):
    phone = page
    live_town.sign_in(phone, people[0].user)
    phone.set_viewport_size(PHONE)
    phone.goto("/procedures/secret-matter")
    phone.get_by_role("button", name="はじめる").click()
    phone.get_by_label("用件").fill("雪のこと")
    phone.get_by_role("button", name="次へ").click()
    expect(phone.get_by_role("heading", name="つづける前に、本人と確かめます")).to_be_visible()
    phone.get_by_role("link", name="マイナンバーカードで確かめる").click()
    _hold(phone, "やめる")
    expect(phone.get_by_role("heading", name="カードの確認をやめました")).to_be_visible()
    phone.get_by_role("link", name="マイナンバーカードで確かめる").click()
    _hold(phone, "花子")
    phone.get_by_label("くわしいこと").fill("屋根から落ちる雪")
    phone.get_by_role("button", name="確かめる").click()
    expect(phone.get_by_text("マイナンバーカードで確かめました")).to_be_visible()
    expect(phone.get_by_text("雪のこと")).to_be_visible()
    phone.get_by_label("まちがいはありません").check()
    phone.get_by_label("同意します").check()
    phone.get_by_role("button", name="送る", exact=True).click()
    expect(phone.get_by_role("heading", name="受け付けました")).to_be_visible()
    with live_town.scope():
        sent = Application.objects.get(user=people[0].user)
        assert (sent.identity, sent.card.person) == ("card", people[0])
        assert not sent.sent_case.checks.filter(key="identity").exists()


def test_a_card_that_differs_is_confirmed_by_staff(page, browser, live_town, people):
    _, akiko, clerk = people
    page.set_viewport_size(PHONE)
    page.goto("/accounts/login/")
    page.get_by_role("link", name="マイナンバーカードでサインイン").click()
    _hold(page, "秋子")
    expect(page.get_by_text("役場の職員が見て確かめています")).to_be_visible()
    context = browser.new_context(base_url=live_town.url, locale="ja-JP", viewport=DESK)
    desk = context.new_page()
    live_town.sign_in(desk, clerk)
    desk.goto("/staff/")
    desk.get_by_role("link", name="確かめる", exact=True).click()
    expect(desk.get_by_role("heading", name="カードの方: 岸 秋子")).to_be_visible()
    desk.get_by_label("この人").first.check()
    desk.get_by_role("button", name="選んだ人のカードとして結びつける").click()
    expect(desk.get_by_text("結びつけました。")).to_be_visible()
    context.close()
    with live_town.scope():
        card = CardIdentity.objects.get(person=akiko)
        assert (card.state, card.says) == ("linked", {})
    page.goto("/accounts/login/")
    page.get_by_role("link", name="マイナンバーカードでサインイン").click()
    _hold(page, "秋子")
    expect(page).to_have_url(f"{live_town.url}/my/")
