"""The household tablet: paired by a code, taken over by an emergency, back without network."""

import pytest
from playwright.sync_api import expect

from nenrin.core.messaging.models import Delivery, SafetyAnswer
from nenrin.core.messaging.services.endpoints.pair_tablet import pairing_code
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import DeliveryState, Severity
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.people.models import Household
from nenrin.life.watch.models import CheckIn, Concern

HEARD = "window.heard = []; SpeechSynthesis.prototype.speak = (said) => heard.push(said.text);"
KEPT = """async () => (await (await caches.open("nenrin-link")).keys())
  .some((request) => new URL(request.url).pathname === "/tablet")"""


@pytest.fixture
def home(live_town):
    """A household without a tablet of its own."""
    with live_town.scope():
        return Household.objects.exclude(endpoints__kind="tablet").filter(left_on=None).first()


@pytest.fixture
def tablet(page, live_town, home):
    """The household's tablet, paired as a resident does it."""
    with live_town.scope():
        code = pairing_code(home)
    page.set_viewport_size({"width": 1024, "height": 700})
    page.add_init_script(HEARD)
    page.goto(f"/tablet/pair/{code}")
    page.get_by_role("button", name="登録する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("いまは知らせはありません")
    return page


def _release(live_town, **fields):
    with live_town.scope():
        message = make_message(
            title="川があふれそうです", reading="かわが あふれそうです。", **fields
        )
        release_message(message=message, acting_user="tester")
        return message


def test_a_code_pairs_one_tablet_once(tablet, live_town, home):
    tablet.get_by_role("button", name="元気です").click()
    expect(tablet.get_by_role("status")).to_contain_text("元気ですと、役場に伝わりました")
    tablet.get_by_role("button", name="連絡してほしい").click()
    expect(tablet.get_by_role("status")).to_contain_text("職員から電話します")
    with live_town.scope():
        assert CheckIn.objects.filter(household=home).count() == 1
        assert Concern.objects.get(household=home).kind == Concern.Kind.CALL


def test_an_emergency_takes_over_and_speaks_until_someone_answers(tablet, live_town, home):
    with live_town.worker():
        message = _release(live_town)
        takeover = tablet.get_by_role("alertdialog")
        expect(takeover).to_be_visible()
        expect(takeover).to_contain_text("川があふれそうです")
        assert tablet.evaluate("heard[0]") == "かわが あふれそうです。"
        takeover.get_by_role("button", name="無事です").click()
        expect(takeover).to_be_hidden()
        expect(tablet.locator("#message")).to_contain_text("見たことが役場に伝わっています")
    with live_town.scope():
        answer = SafetyAnswer.objects.get(message=message, household=home)
        delivery = Delivery.objects.get(message=message, household=home, channel__kind="tablet")
        assert answer.answer == SafetyAnswer.Answer.SAFE
        assert delivery.state == DeliveryState.CONFIRMED


def test_news_stands_on_the_screen_and_can_be_heard_again(tablet, live_town):
    _release(live_town, severity=Severity.NOTICE, asks_safety=False)
    tablet.reload()
    expect(tablet.locator("#message")).to_contain_text("川があふれそうです")
    tablet.get_by_role("button", name="もう一度 聞く").click()
    assert tablet.evaluate("heard.at(-1)") == "かわが あふれそうです。"
    tablet.get_by_role("button", name="見ました").click()
    tablet.goto("/tablet")
    expect(tablet.locator("#message")).to_contain_text("見たことが役場に伝わっています")


def test_without_network_it_stands_up_with_what_it_last_showed(tablet):
    tablet.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")
    tablet.reload()
    tablet.wait_for_function(KEPT)
    tablet.context.set_offline(True)
    tablet.reload()
    expect(tablet.get_by_role("button", name="元気です")).to_be_visible()
    tablet.context.set_offline(False)
    tablet.reload()
    expect(tablet.get_by_role("button", name="元気です")).to_be_visible()
