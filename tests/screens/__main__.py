"""Walk pages.csv: a picture of every page at three widths, and what axe-core finds on it.

States: ``data``; ``empty``, asked in a town without people; ``error``, the first form sent empty,
or an address that shows the error itself; ``forced``, in the system's own colours; ``zoom``, with
text twice as large. Columns of pages.csv: name, who (public, resident, staff or tablet), path with
placeholders from `tests.screens.ids`, state. ``make screens ARGS=reach`` takes only names that
contain the word.
"""

import csv
import json
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from tests.fixtures.stack import Stack, running_stack

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "var" / "screens"
AXE = ROOT / "nenrin/core/ui/npm/node_modules/axe-core/axe.min.js"
WIDTHS = (360, 768, 1440)
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
COOKIES = {"staff": "sessionid", "resident": "sessionid", "tablet": "nenrin_tablet"}
FORM = "main form[method=post]:not(.switches)"
SEND_EMPTY = """
chosen => {
  const form = document.querySelector(chosen);
  form.noValidate = true;
  for (const field of form.querySelectorAll('input:not([type=hidden]), textarea'))
    if (['checkbox', 'radio'].includes(field.type)) field.checked = false; else field.value = '';
  form.requestSubmit(form.querySelector('button:not([formaction], [type=button])'));
}
"""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@dataclass(frozen=True)
class Shot:
    """One line of pages.csv."""

    name: str
    who: str
    path: str
    state: str


def main(words: list[str]) -> int:
    """Take all pictures; 1 if axe-core or the browser's console found anything."""
    with (Path(__file__).parent / "pages.csv").open(encoding="utf-8") as file:
        shots = [Shot(**row) for row in csv.DictReader(file)]
    shots = [shot for shot in shots if not words or any(word in shot.name for word in words)]
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder), "card") as stack:
        stack.drill(15)
        places = _places(stack)
        base = json.loads((stack.folder / "rehearsal/addresses.json").read_text())["web"]
        found = _walk(shots, places, int(base))
    for line in found:
        print(line)
    print(f"{len(shots)} pages, {len(found)} violations")
    return 1 if found else 0


def _places(stack: Stack) -> dict[str, dict[str, str]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.screens.places"],
        env=stack.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _walk(shots: list[Shot], places: dict[str, dict[str, str]], port: int) -> list[str]:
    found: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for shot in shots:
            ids = places["empty" if shot.state == "empty" else "data"]
            host = "shinjo.localhost" if shot.state == "empty" else "localhost"
            with _context(browser, shot, ids, f"http://{host}:{port}") as context:
                found += _take(context, shot, f"http://{host}:{port}{shot.path.format(**ids)}")
        browser.close()
    return found


@cache
def _first_visit(browser: Browser, base: str) -> StorageState:
    """What a device keeps of it: from the second page on, pages are set in the town's letters."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(base)
    page.wait_for_function("() => localStorage.getItem('nenrin-fonts') !== null")
    kept = context.storage_state()
    context.close()
    return kept


@contextmanager
def _context(browser: Browser, shot: Shot, ids: dict[str, str], base: str) -> Any:
    colours = "active" if shot.state == "forced" else "none"
    context = browser.new_context(
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
        reduced_motion="reduce",
        forced_colors=colours,
        storage_state=_first_visit(browser, base),
    )
    if shot.who in COOKIES:
        value = ids[f"cookie_{shot.who}"]
        context.add_cookies([{"name": COOKIES[shot.who], "value": value, "url": base}])
    yield context
    context.close()


def _take(context: BrowserContext, shot: Shot, url: str) -> list[str]:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        answer = page.goto(url)
        if shot.state == "error" and page.query_selector(FORM):
            with page.expect_navigation():
                page.evaluate(SEND_EMPTY, FORM)
        if shot.state == "zoom":
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.wait_for_timeout(300)
        where = f"{shot.name}-{shot.state}-{width}"
        page.screenshot(path=OUT / f"{where}.png", full_page=True)
        found += [f"{where}: {line}" for line in _axe(page)]
        if answer is None or answer.status >= 500:
            found.append(f"{where}: answered {answer.status if answer else 'nothing'}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{where}: wider than the screen")
    quiet = ("the server responded with a status of 4",)
    return found + [f"{shot.name}: {line}" for line in said if not any(q in line for q in quiet)]


def _axe(page: Page) -> list[str]:
    # Through the debugger: the page's own policy lets no foreign script in, and stays in force.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        f"{violation['id']} ({violation['impact']}): {violation['nodes'][0]['html'][:120]}"
        f" ×{len(violation['nodes'])}"
        for violation in result["violations"]
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
