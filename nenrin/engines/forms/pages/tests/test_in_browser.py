"""A reader with and without script, and axe, on a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from nenrin.core.ui import prepare
from nenrin.engines.forms.pages.tests import stand
from nenrin.engines.forms.tests.forms_for_tests import answers

AXE = Path(prepare.MODULES) / "axe-core" / "axe.min.js"


@pytest.fixture
def address(settings):
    settings.ROOT_URLCONF = "nenrin.engines.forms.pages.tests.stand"
    settings.MIDDLEWARE = ["nenrin.core.ui.middleware.ContentSecurityPolicyMiddleware"]
    stand.STORED.clear()
    with stand.stand() as found:
        yield found


@pytest.fixture
def visit(browser, address):
    """Open a page of the form; a breach of the content policy fails the test."""
    contexts, wrong = [], []

    def opened(name, **options):
        context = browser.new_context(
            base_url=address, viewport={"width": 320, "height": 700}, **options
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if "Policy" in line.text else None)
        page.goto(f"/{name}/")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def has_htmx():
    return (prepare.VENDOR / "htmx.min.js").exists()


@pytest.mark.parametrize("script", [True, False])
def test_a_form_is_filled_in_from_start_to_end(visit, script):
    page = visit("leader", java_script_enabled=script)
    page.get_by_label("名字", exact=True).fill("髙🌲")
    page.get_by_label("名前", exact=True).fill("はな")
    page.get_by_label("名字のフリガナ").fill("ﾀｶ")
    page.get_by_label("名前のフリガナ").fill("はな")
    page.get_by_label("元号").select_option("昭和")
    page.get_by_label("年", exact=True).fill("５５")
    page.get_by_label("月", exact=True).fill("2")
    page.get_by_label("日", exact=True).fill("29")
    page.get_by_role("radio", name="はい").check()
    page.get_by_role("button", name="次へ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("一緒に行く人")
    page.get_by_role("button", name="一緒に行く人をもう1人足す").click()
    page.get_by_label("よび名").fill("ア")
    page.locator("[name='guests.0.age']").fill("20")
    page.get_by_role("button", name="次へ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("泊まり")
    assert stand.STORED["leader"]["family"] == "髙🌲"
    assert stand.STORED["guests"] == [{"called": "ア", "age": 20}]


def test_a_change_brings_what_follows_and_keeps_what_is_being_typed(visit):
    if not has_htmx():
        pytest.skip("htmx がまだありません（python -m nenrin.core.ui.prepare）")
    stand.STORED.update(answers(guests=[{"called": "ア", "age": 30}]))
    page = visit("party")
    assert page.get_by_label("保護者").count() == 0
    page.locator("[name='guests.0.age']").fill("4")
    name = page.get_by_label("よび名")
    name.focus()
    page.keyboard.press("End")
    page.keyboard.type("いう", delay=150)
    expect(page.get_by_label("保護者")).to_be_visible()
    expect(name).to_have_value("アいう")
    expect(name).to_be_focused()


def test_radio_buttons_keep_their_choice_through_a_look(visit):
    if not has_htmx():
        pytest.skip("htmx がまだありません（python -m nenrin.core.ui.prepare）")
    page = visit("leader")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("radio", name="はい").check()
    page.wait_for_timeout(200)
    expect(page.get_by_role("radio", name="はい")).to_be_checked()


def test_the_summary_takes_the_reader_to_the_box_to_mend(visit):
    page = visit("leader")
    page.get_by_role("button", name="次へ").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_role("link", name="生年月日: 書いてください。").click()
    expect(page.get_by_label("元号")).to_be_focused()


def test_pages_fit_a_small_screen_and_targets_a_finger(visit):
    stand.STORED.update(answers(guests=[{"called": "ア", "age": 4}]))
    for name in ("leader", "party", "stay", "attachments"):
        page = visit(name)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        small = page.evaluate(
            "[...document.querySelectorAll('main :is(button, select, textarea, .choice,"
            " input:not([type=hidden], [type=radio], [type=checkbox]))')]"
            ".filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"
        )
        assert small == []


def test_axe_finds_nothing(visit):
    if not AXE.exists():
        pytest.skip("axe がまだありません（python -m nenrin.core.ui.prepare）")
    page = visit("leader", bypass_csp=True)
    page.get_by_role("button", name="次へ").click()
    assert _violations(page) == []
    stand.STORED.update(answers(guests=[{"called": "ア", "age": 4}]))
    for name in ("leader", "party", "stay", "attachments"):
        assert _violations(visit(name, bypass_csp=True)) == [], name


def _violations(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]
