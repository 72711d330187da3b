"""Every page: safe headers, and nothing in it that the content security policy would stop."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings

from .pages import Who
from .walk import every_address

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": ("same-origin", "no-referrer"),
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}
LOOSE = ("unsafe-inline", "unsafe-eval", "http:", "https:", "*")
VISITORS = ("anonymous", "owner", "staff")


class Inline(HTMLParser):
    """Collects what a strict policy stops: code and style in the page, and other people's code."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        is_data = values.get("type") in ("application/json", "application/ld+json")
        if tag == "script" and not values.get("src") and not is_data:
            self.found.append("<script> without src")
        if tag == "style":
            self.found.append("<style>")
        for name, value in values.items():
            if name == "style" or name.startswith("on"):
                self.found.append(f"<{tag} {name}>")
            if re.match(r"\s*javascript:", value or "", re.IGNORECASE):
                self.found.append(f"<{tag} {name}=javascript:>")
        loads = {"script": "src", "img": "src", "link": "href", "iframe": "src"}
        source = values.get(loads.get(tag, ""), "") or ""
        if source.startswith(("http:", "https:", "//")) and values.get("rel") != "canonical":
            self.found.append(f"<{tag}> from elsewhere: {source}")


def _wrong_headers(answer) -> list[str]:
    wrong = []
    for name, right in EVERYWHERE.items():
        if answer.headers.get(name, "") not in (right if isinstance(right, tuple) else (right,)):
            wrong.append(f"{name}: {answer.headers.get(name)}")
    policy = answer.headers.get("Content-Security-Policy", "")
    parts = {part.strip() for part in policy.split(";")}
    if "sandbox" not in parts and not parts >= POLICY:
        wrong.append(f"policy without {sorted(POLICY - parts)}")
    return wrong + [f"policy with {word}" for word in LOOSE if word in policy.split()]


def _inline(answer) -> list[str]:
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    parser = Inline()
    parser.feed(answer.content.decode())
    return parser.found


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_page_carries_the_headers_and_nothing_inline(world, visitor):
    wrong = []
    for address in every_address():
        for way in ("get", "post"):
            if visitor == "staff" and way == "post" and address.who is not Who.STAFF:
                continue
            answer = getattr(world.clients[visitor], way)(address.path(world))
            found = _wrong_headers(answer) + _inline(answer)
            wrong += [f"{visitor}: {way} {address.route}: {what}" for what in found]
    assert wrong == []


def test_errors_carry_them_too(world):
    answer = world.clients["anonymous"].get("/no-such-page")
    assert answer.status_code == 404 and _wrong_headers(answer) + _inline(answer) == []


def test_what_is_not_of_this_page_is_seen():
    parser = Inline()
    parser.feed(
        '<p style="x" onclick="y"><script>z</script><a href=" JavaScript:q">'
        '<img src="//a.example/b.png">'
    )
    assert len(parser.found) == 5


@pytest.mark.parametrize("visitor", ["owner", "staff"])
def test_what_is_for_one_person_stays_in_no_cache(world, visitor):
    """A page for one person may not lie in a proxy: it varies by cookie or is not stored."""
    wrong = []
    for address in every_address():
        if address.who not in (Who.STAFF, Who.RESIDENT, Who.LINK):
            continue
        answer = world.clients[visitor].get(address.path(world))
        kept = answer.headers.get("Cache-Control", "")
        varies = "Cookie" in answer.headers.get("Vary", "")
        if answer.status_code == 200 and not ("no-store" in kept or varies):
            wrong.append(f"{address.route}: {kept!r}")
    assert wrong == []


def test_cookies_are_closed_to_scripts_and_other_sites(world):
    credentials = {"login": "staff@kaneyama.invalid", "password": "x" * 20}
    answer = world.clients["anonymous"].post("/accounts/login/", credentials)
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
