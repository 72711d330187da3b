"""No mouse, no touch: a resident answers an alert and a clerk releases one, with keys alone.

Every stop on the way must be visible: it shows a focus ring and no bar covers it (WCAG 2.4.7,
2.4.11).
"""

import pytest
from playwright.sync_api import expect

from nenrin.core.accounts.models import User
from nenrin.core.messaging.models import Message, SafetyAnswer
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.organization.models import StaffMember
from nenrin.core.people.models import Person
from nenrin.demo.services.load_staff import load_demo_staff

MOST_STOPS = 80
LARGE_TEXT = {"width": 640, "height": 450}
"""1280 by 900 at a zoom of 200%."""
STOP = """() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return "";
  const box = stop.getBoundingClientRect();
  const outlined = (one) => one && getComputedStyle(one).outlineStyle !== "none";
  const isSeen = (part) => {
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height * part);
    return at && (stop.contains(at) || at.contains(stop) || at.closest("label")?.contains(stop));
  };
  if (!outlined(stop) && !outlined(stop.closest("label"))) return "no ring: " + stop.outerHTML;
  return [0.05, 0.5, 0.95].some(isSeen) ? "" : "covered: " + stop.outerHTML;
}"""


def go_to(page, target, key="Tab"):
    """Press a key until the target has the focus; every stop on the way must be visible."""
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        assert page.evaluate(STOP) == ""
        if target.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached by {key}")


@pytest.fixture(scope="module")
def resident(live_town):
    with live_town.scope():
        person = Person.objects.filter(household__isnull=False, is_head=True, user=None).first()
        user = User.objects.create_user("keys@example.invalid", name=str(person))
        Person.objects.filter(pk=person.pk).update(user=user)
        return Person.objects.select_related("user").get(pk=person.pk)


@pytest.fixture(scope="module")
def clerk(live_town):
    with live_town.scope():
        load_demo_staff(seed="test")
        return StaffMember.objects.select_related("user").filter(roles__len__gt=0).first()


def test_a_resident_answers_with_keys_alone(page, live_town, resident):
    with live_town.scope():
        message = make_message(title="川があふれそうです")
        release_message(message=message, acting_user="tester")
    live_town.sign_in(page, resident.user)
    page.set_viewport_size(LARGE_TEXT)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ")).to_be_focused()
    page.keyboard.press("Enter")
    go_to(page, page.locator("main").get_by_role("link", name="川があふれそうです").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/m/**")
    go_to(page, page.get_by_role("button", name="助けが必要です", exact=True))
    page.keyboard.press("Space")
    expect(page.locator("[data-answer-status]")).to_have_text("送りました")
    go_to(page, page.get_by_label("どんな助けが必要ですか"))
    page.keyboard.type("歩けません")
    go_to(page, page.get_by_role("button", name="伝える"))
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Enter")
    with live_town.scope():
        found = SafetyAnswer.objects.filter(message=message, household=resident.household_id)
        assert found.filter(answer="help", words="歩けません").exists()


def test_a_clerk_sends_a_notice_with_keys_alone(page, live_town, clerk):
    live_town.sign_in(page, clerk.user)
    page.set_viewport_size(LARGE_TEXT)
    page.goto("/staff/desk/new")
    go_to(page, page.get_by_label("ふつうの知らせ"))
    page.keyboard.press("Space")
    go_to(page, page.get_by_label("町内全域"))
    page.keyboard.press("Space")
    go_to(page, page.get_by_role("button", name="次へ"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/words")
    for label, words in (("題名", "水道の工事"), ("本文", "あす9時から水が出ません。")):
        go_to(page, page.get_by_label(label, exact=True))
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
    go_to(page, page.get_by_role("button", name="たしかめる"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/desk/drafts/*/")
    go_to(page, page.get_by_role("button", name="送る", exact=False).first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/**")
    with live_town.scope():
        assert Message.objects.get(title="水道の工事").released_at
