"""A daughter far away sees whether her mother has answered, and only while the mother agrees."""

import re

import pytest
from playwright.sync_api import expect

from nenrin.core.accounts.models import User
from nenrin.core.messaging.models import SafetyAnswer
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.people.models import Person

DAUGHTER = "abroad@example.invalid"


@pytest.fixture(scope="module")
def mother(live_town):
    """A head of a household who can sign in."""
    with live_town.scope():
        person = Person.objects.filter(household__isnull=False, is_head=True, user=None).first()
        user = User.objects.create_user("mother@example.invalid", name=str(person))
        Person.objects.filter(pk=person.pk).update(user=user)
        return Person.objects.select_related("user", "household").get(pk=person.pk)


@pytest.fixture(scope="module")
def question(live_town, mother):
    """The town asks everyone whether they are safe."""
    with live_town.scope():
        message = make_message(title="大きな地震がありました")
        release_message(message=message, acting_user="tester")
        return message


@pytest.fixture
def daughter(browser, live_town, mother, question):
    """Her own phone, abroad: invited by mail, and signed in through its link."""
    abroad = browser.new_context(base_url=live_town.url)
    page = abroad.new_page()
    home = browser.new_context(base_url=live_town.url)
    asking = home.new_page()
    live_town.sign_in(asking, mother.user)
    asking.goto("/my/family/")
    asking.get_by_label("メールアドレス").fill(DAUGHTER)
    asking.locator("form[action$=invite] [type=checkbox]").check()
    asking.get_by_role("button", name="招待のメールを送る").click()
    expect(asking.get_by_text("招待のメールを送りました")).to_be_visible()
    mail = live_town.mailbox.newest_to(DAUGHTER)
    assert mother.family_name not in mail
    page.goto(re.search(r"/join/\S+", mail)[0])
    for label, words in (("姓", "海外"), ("名", "花子")):
        page.get_by_label(label).fill(words)
    page.locator("main form button").last.click()
    page.wait_for_url("**/my/family/")
    home.close()
    yield page
    abroad.close()


def test_the_daughter_sees_the_answer_until_the_mother_takes_it_back(
    page, live_town, mother, question, daughter
):
    card = daughter.locator("main li", has_text=str(mother)).first
    expect(card).to_contain_text("まだ答えていません")
    live_town.sign_in(page, mother.user)
    page.goto("/")
    page.get_by_role("link", name="大きな地震がありました").first.click()
    page.get_by_role("button", name="無事です", exact=True).click()
    expect(page.locator("[data-answer-status]")).to_have_text("送りました")
    with live_town.scope():
        assert SafetyAnswer.objects.filter(message=question, household=mother.household).exists()
    daughter.reload()
    expect(card).to_contain_text("無事です")
    expect(card).not_to_contain_text(str(mother.household.address))
    page.goto("/my/data/")
    consent = page.locator("main li", has_text="家族")
    consent.get_by_role("button", name="取り消す").first.click()
    daughter.reload()
    expect(card).to_contain_text("見せることに同意していません")
    expect(card).not_to_contain_text("無事です")
