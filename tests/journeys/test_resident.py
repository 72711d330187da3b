"""A resident's phone: first visit to answered alert, and the hours without network."""

import pytest
from playwright.sync_api import expect

from nenrin.core.accounts.models import User
from nenrin.core.messaging.models import Delivery, SafetyAnswer
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.tokens import delivery_token
from nenrin.core.people.models import Person

WORKS = "() => navigator.serviceWorker.ready.then((r) => r.active.state === 'activated')"
KEPT = """async () => {
  const names = ['nenrin-public', 'nenrin-link', 'nenrin-account'];
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map((request) => new URL(request.url).pathname);
}"""


@pytest.fixture
def alert(live_town):
    """A released alert; a household whose phone it went to, and the link that phone has."""
    with live_town.scope():
        message = make_message(
            title="川があふれそうです（警戒レベル4相当）", reading="かわが あふれそうです。"
        )
        release_message(message=message, acting_user="tester")
        found = Delivery.objects.select_related("endpoint", "household").filter(
            message=message, channel__kind="webpush", endpoint__person__isnull=False
        )
        delivery = max(found, key=lambda one: (one.household.persons.count(), -one.pk))
        return delivery, f"/m/{delivery_token(live_town.code, delivery.pk)}"


def _answers(live_town, delivery):
    with live_town.scope():
        rows = SafetyAnswer.objects.filter(
            message=delivery.message_id, household=delivery.household_id
        )
        return sorted(rows.values_list("person", "answer", "words", "place"), key=str)


def _ready(page):
    page.wait_for_function(WORKS)
    page.reload()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def test_from_the_first_visit_to_an_answered_alert(page, live_town, alert):
    delivery, link = alert
    page.goto("/")
    band = page.locator("article.band", has_text="川があふれそうです")
    expect(band.first).to_contain_text("警戒レベル4相当")
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("川があふれそうです")
    expect(page.locator("[data-speak]")).to_have_attribute("data-speak", "かわが あふれそうです。")
    page.get_by_role("button", name="助けが必要です", exact=True).click()
    expect(page.locator("[data-answer-status]")).to_have_text("送りました")
    page.get_by_label("どこにいますか").fill("二階の寝室")
    page.get_by_label("どんな助けが必要ですか").fill("歩けません")
    page.get_by_role("button", name="伝える").click()
    expect(page.get_by_label("どこにいますか")).to_have_value("二階の寝室")
    family = page.locator("[data-answers] li").first
    family.get_by_role("button", name="無事").click()
    expect(page.locator("[data-answers] li").first).to_contain_text("無事")
    expect(page.locator("[data-answer-status]")).to_have_text("送りました")
    me = delivery.endpoint.person_id
    found = _answers(live_town, delivery)
    assert (me, "help", "歩けません", "二階の寝室") in found
    assert next(row for row in found if row[0] not in (me, None))[1] == "safe"


def test_answers_go_in_their_order_and_what_is_being_written_stays(page, live_town, alert):
    delivery, link = alert
    page.goto(link)
    page.get_by_role("button", name="助けが必要です", exact=True).click()
    status = page.locator("[data-answer-status]")
    expect(status).to_have_text("送りました")
    held = []
    page.route("**/answer", lambda route: held.append(route))
    page.get_by_label("どこにいますか").fill("二階の寝室")
    page.get_by_role("button", name="伝える").click()
    expect(status).to_have_text("送っています")
    page.get_by_label("どんな助けが必要ですか").fill("歩けません")
    page.get_by_role("button", name="無事です", exact=True).click()
    page.wait_for_timeout(300)
    assert len(held) == 1, "the second answer waits for the first"
    held.pop().continue_()
    expect(page.get_by_label("どこにいますか")).to_have_value("二階の寝室")
    expect(page.get_by_label("どんな助けが必要ですか")).to_have_value("歩けません")
    expect(page.get_by_role("button", name="無事です", exact=True)).to_be_focused()
    expect(status).to_have_text("送っています")
    while not held:
        page.wait_for_timeout(20)
    held.pop().continue_()
    expect(status).to_have_text("送りました")
    me = delivery.endpoint.person_id
    assert {row[1:] for row in _answers(live_town, delivery) if row[0] == me} == {
        ("help", "", ""),
        ("help", "", "二階の寝室"),
        ("safe", "", ""),
    }


def test_an_answer_on_its_way_when_the_page_is_closed_is_sent_by_the_next(page, live_town, alert):
    delivery, link = alert
    page.goto(link)
    held = []
    page.route("**/answer", lambda route: held.append(route))
    page.get_by_role("button", name="助けが必要です", exact=True).click()
    expect(page.locator("[data-answer-status]")).to_have_text("送っています")
    while not held:
        page.wait_for_timeout(20)
    later = page.context.new_page()
    page.close()
    assert _answers(live_town, delivery) == []
    later.goto(link)
    expect(later.locator("[data-answer-status]")).to_have_text("送りました")
    assert [row[1] for row in _answers(live_town, delivery)] == ["help"]


def test_a_browser_that_keeps_nothing_still_sends_or_says_that_it_cannot(page, live_town, alert):
    delivery, link = alert
    page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('full') }")
    page.goto(link)
    button = page.get_by_role("button", name="無事です", exact=True)
    status = page.locator("[data-answer-status]")
    page.route("**/answer", lambda route: route.abort())
    button.click()
    expect(status).to_contain_text("送れませんでした")
    page.unroute("**/answer")
    button.click()
    expect(status).to_have_text("送りました")
    assert [row[1] for row in _answers(live_town, delivery)] == ["safe"]


def test_an_answer_without_network_is_kept_and_sent_once(page, live_town, alert):
    delivery, link = alert
    page.goto(link)
    _ready(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="無事です", exact=True).click()
    status = page.locator("[data-answer-status]")
    expect(status).to_have_text("電波が戻ったら送ります")
    assert _answers(live_town, delivery) == []
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("川があふれそうです")
    expect(status).to_have_text("電波が戻ったら送ります")
    page.context.set_offline(False)
    expect(status).to_have_text("送りました")
    page.reload()
    page.wait_for_timeout(500)
    assert [row[:2] for row in _answers(live_town, delivery)] == [
        (delivery.endpoint.person_id, "safe")
    ]


def test_without_network_the_latest_and_the_shelters_stay_readable(page, live_town, alert):
    page.goto("/")
    _ready(page)
    page.wait_for_function(
        f"({KEPT})().then((kept) => kept.includes('/') && kept.includes('/offline'))"
    )
    page.context.set_offline(True)
    page.goto("/")
    expect(page.locator(".doors")).to_be_visible()
    page.goto("/doors/procedures")
    expect(page.locator("article.band").first).to_contain_text("川があふれそうです")
    expect(page.locator("[data-shelters] li").first).to_contain_text("金山町")
    expect(page.get_by_role("img", name="避難所の地図")).to_be_visible()


@pytest.fixture
def signed_in(page, live_town, alert):
    """The phone of the household's head, signed in."""
    with live_town.scope():
        person = alert[0].household.persons.get(is_head=True)
        user = User.objects.create_user(f"{person.pk}@example.jp", name=str(person))
        Person.objects.filter(pk=person.pk).update(user=user)
    live_town.sign_in(page, user)
    return person


def test_the_household_card_stays_readable_until_sign_out(page, signed_in, alert):
    _, link = alert
    page.goto(link)
    _ready(page)
    page.goto("/card")
    expect(page.get_by_text(str(signed_in)).first).to_be_visible()
    page.wait_for_function(f"({KEPT})().then((k) => k.includes('{link}') && k.includes('/card'))")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text(str(signed_in)).first).to_be_visible()
    page.context.set_offline(False)
    page.goto("/accounts/logout/")
    page.locator("main form button[type=submit], main form button").last.click()
    page.wait_for_url("**/")
    page.wait_for_function(f"({KEPT})().then((k) => !k.includes('{link}') && !k.includes('/card'))")
    page.context.set_offline(True)
    page.goto("/card")
    expect(page.locator("[data-shelters]")).to_be_visible()
    expect(page.get_by_text(str(signed_in))).to_have_count(0)


def test_without_script_everything_can_be_read_and_answered(browser, live_town, alert):
    delivery, link = alert
    context = browser.new_context(base_url=live_town.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    page.get_by_role("button", name="無事です", exact=True).click()
    expect(page.locator("#answers")).to_contain_text("「無事です」と役場に伝わりました")
    context.close()
    assert [row[1] for row in _answers(live_town, delivery)] == ["safe"]
