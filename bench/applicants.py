"""A hundred residents apply at once, for a minute, against the real server and the demo town.

Each goes through a whole application and begins the next, stopping two seconds at every page as a
quick typist would. Every answer of the server counts; one that is wrong fails the figure. Beside
it stands a single applicant's step, without anybody else on the server. Target 80 ms for both.
"""

import asyncio
import itertools
import random
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import aiohttp
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from bench.figure import Figure
from bench.town.served import CODE, town, web
from nenrin.core.accounts.models import User
from nenrin.core.people.models import Person
from nenrin.core.tenancy.scope import town_scope
from nenrin.engines.casework.models import Case
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.models import DefinitionVersion
from nenrin.engines.forms.selectors import definition_of
from nenrin.residents.procedures.models import Identity, Mouth
from nenrin.residents.procedures.services.drafts.start_application import Starter, start_application
from nenrin.residents.procedures.tests.factories import publish, record_answers

APPLICANTS, SECONDS, THINKS = 100, 60, 2.0
DRAFTS_EACH = 4
TARGET_MS = 80.0
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TAP = re.compile(r'name="submission" value="([^"]+)"')
NUMBER = re.compile(r"R\d+-\d{5}")


@dataclass
class Measured:
    """Seconds of every answer, and what was wrong."""

    steps: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    sent: int = 0

    def p95_ms(self) -> float:
        """Milliseconds at the 95th percentile."""
        return round(statistics.quantiles(self.steps, n=20)[-1] * 1000, 1)


@dataclass(frozen=True)
class Resident:
    """A signed-in resident with drafts to fill in."""

    session: str
    drafts: tuple[str, ...]


def measure() -> Figure:
    """The 95th percentile of a step among a hundred applicants. Raises where one went wrong."""
    town()
    with town_scope(CODE):
        version = publish()
        pages = dict(_typed(definition_of(version)))
        residents = [_resident(person, version) for person in _people()]
    with web() as server:
        base = f"http://localhost:{server.port}"
        alone = asyncio.run(_one_after_another(base, residents.pop(), pages))
        crowd = asyncio.run(_together(base, residents, pages))
    if alone.errors or crowd.errors:
        raise AssertionError((alone.errors + crowd.errors)[:5])
    with town_scope(CODE):
        cases = Case.objects.count()
    if cases != alone.sent + crowd.sent:
        raise AssertionError(f"{cases} cases for {alone.sent + crowd.sent} numbers shown")
    notes = (
        f"{len(residents)} at once for {SECONDS} s: {len(crowd.steps)} answers, "
        f"{crowd.sent} applications sent, 0 errors",
    )
    peers = {"one applicant alone": alone.p95_ms(), "target": TARGET_MS}
    return Figure("application step among 100, p95", crowd.p95_ms(), "ms", peers, notes=notes)


def _people() -> list[Person]:
    heads = Person.objects.filter(is_head=True, household__left_on=None, user=None)
    return list(heads.select_related("household").order_by("number")[: APPLICANTS + 1])


def _resident(person: Person, version: DefinitionVersion) -> Resident:
    address = f"{person.number}@bench.invalid"
    person.user = User.objects.create_user(address.lower(), name="町民")
    person.save(update_fields=["user"])
    starter = Starter(Mouth.PHONE, Identity.LOGIN, person.user, person, person.household)
    drafts = tuple(
        str(start_application(version=version, starter=starter, acting_user="bench")[0].pk)
        for _ in range(DRAFTS_EACH)
    )
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.user.get_session_auth_hash()
    store.create()
    return Resident(store.session_key, drafts)


def _typed(definition: Definition) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What is typed on each page, as a browser posts it."""
    answers = record_answers()
    for page in definition.pages:
        asked = [question for question in page.fields if question.name in answers]
        typed = [("_asked", question.name) for question in asked]
        for question in asked:
            boxes = question.boxes(answers[question.name])
            parts = boxes.items() if isinstance(boxes, dict) else [("", boxes)]
            typed += [(f"{question.name}.{p}" if p else question.name, str(v)) for p, v in parts]
        yield page.name, typed


async def _one_after_another(base: str, resident: Resident, pages: dict[str, Any]) -> Measured:
    found = Measured()
    async with _browser(resident) as browser:
        visit = _Visit(browser, base, found, pages, 0.0, time.monotonic() + SECONDS)
        for draft in resident.drafts:
            await visit.apply(draft)
    return found


async def _together(base: str, residents: list[Resident], pages: dict[str, Any]) -> Measured:
    found = Measured()
    end = time.monotonic() + SECONDS
    delays = random.Random(1)

    async def one(resident: Resident) -> None:
        await asyncio.sleep(delays.uniform(0, 2 * THINKS))
        async with _browser(resident) as browser:
            visit = _Visit(browser, base, found, pages, THINKS, end)
            for draft in itertools.takewhile(lambda _: time.monotonic() < end, resident.drafts):
                await visit.apply(draft)

    await asyncio.gather(*(one(resident) for resident in residents))
    return found


def _browser(resident: Resident) -> aiohttp.ClientSession:
    cookies = {settings.SESSION_COOKIE_NAME: resident.session}
    jar = aiohttp.CookieJar(unsafe=True)
    return aiohttp.ClientSession(cookies=cookies, cookie_jar=jar)


@dataclass
class _Visit:
    """One resident at the keyboard."""

    browser: aiohttp.ClientSession
    base: str
    found: Measured
    pages: dict[str, list[tuple[str, str]]]
    thinks: float
    end: float

    async def apply(self, draft: str) -> None:
        """From the first page to the number; stops where the minute is over."""
        home = f"/procedures/applications/{draft}/"
        for name, typed in self.pages.items():
            address = f"{home}sections/{name}"
            page = await self._ask("GET", address, 200)
            words = [("csrfmiddlewaretoken", _first(TOKEN, page)), *typed]
            await self._ask("POST", address, 200, [*words, ("_look", "1")], look=True)
            await self._ask("POST", address, 302, words)
            if time.monotonic() > self.end:
                return
        await self._send(home)

    async def _send(self, home: str) -> None:
        review = await self._ask("GET", f"{home}review", 200)
        words = [
            ("csrfmiddlewaretoken", _first(TOKEN, review)),
            ("submission", _first(TAP, review)),
            ("truth", "1"),
            ("consent", "1"),
        ]
        await self._ask("POST", f"{home}review", 302, words)
        if NUMBER.search(await self._ask("GET", home, 200)):
            self.found.sent += 1
        else:
            self.found.errors.append(f"{home} shows no number")

    async def _ask(
        self,
        way: str,
        path: str,
        expected: int,
        words: list[tuple[str, str]] | None = None,
        *,
        look: bool = False,
    ) -> str:
        await asyncio.sleep(self.thinks)
        headers = {"HX-Request": "true"} if look else {}
        start = time.perf_counter()
        url = f"{self.base}{path}"
        asked = self.browser.request(way, url, data=words, headers=headers, allow_redirects=False)
        async with asked as answer:
            text = await answer.text()
        self.found.steps.append(time.perf_counter() - start)
        if answer.status != expected:
            self.found.errors.append(f"{way} {path}: {answer.status}")
        return text


def _first(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    return found.group(1) if found else ""
