"""The town's typeface: no page moves while it is read, and the next one is set in it."""

import pytest

from nenrin.core.ui import prepare

FACE = "() => getComputedStyle(document.body).fontFamily"
FETCHED = "() => localStorage.getItem('nenrin-fonts') !== null"
HAS_LETTERS = """() => document.fonts.ready.then(() =>
  [...document.fonts].filter((face) => face.status === 'loaded').length)"""
# A device whose own face is much wider than the town's.
WIDE = "() => document.documentElement.style.setProperty('--device-font', 'monospace')"


@pytest.fixture(autouse=True)
def laid_out():
    if not (prepare.VENDOR / "fonts").is_dir():
        pytest.skip("書体がありません（python -m nenrin.core.ui.prepare）")


def test_letters_that_come_late_do_not_move_the_page(page):
    held = []
    page.route("**/vendor/fonts/*.css", lambda request: held.append(request))
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/procedures")
    page.evaluate(WIDE)
    before = page.get_by_role("main").bounding_box()
    for request in held:
        request.continue_()
    page.wait_for_function(FETCHED)
    assert page.get_by_role("main").bounding_box() == before
    assert "Nenrin Gothic" not in page.evaluate(FACE)


def test_the_next_page_is_set_in_the_towns_letters(page):
    page.goto("/procedures")
    page.wait_for_function(FETCHED)
    page.goto("/")
    assert page.evaluate(FACE).startswith('"Nenrin Gothic"')
    assert page.evaluate(HAS_LETTERS) > 0


def test_a_device_that_saves_data_keeps_its_own(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    page.goto("/procedures", wait_until="networkidle")
    assert not [url for url in asked if "/vendor/fonts/" in url]
