"""What is the same for everybody is made once a second; what is somebody's own, each time."""

import asyncio
from typing import Any

import pytest

from nenrin.portals import public_pages
from nenrin.portals.public_pages import MOST_PAGES, PublicPages, key_of

MARK = (b"X-Nenrin-Keep", b"public signed-out")


class Application:
    """The application behind: counts what it is asked, and answers with the count."""

    def __init__(self) -> None:
        self.asked = 0
        self.status = 200
        self.headers: list[tuple[bytes, bytes]] = [MARK]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        made = str(self.asked).encode()
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        await send(start)
        await send({"type": "http.response.body", "body": made, "more_body": True})
        await send({"type": "http.response.body", "body": b"!"})


class Clock:
    """A clock that stands still until it is turned."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    standing = Clock()
    monkeypatch.setattr(public_pages, "time", standing)
    return standing


@pytest.fixture
def behind() -> Application:
    return Application()


@pytest.fixture
def pages(behind: Application, clock: Clock) -> PublicPages:
    return PublicPages(behind)


def asking(path: str = "/", cookie: str = "", **changed: Any) -> dict[str, Any]:
    headers = [(b"host", b"kaneyama.example"), *changed.pop("headers", ())]
    if cookie:
        headers.append((b"cookie", cookie.encode()))
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "scheme": "https"}
    return {**scope, "headers": headers, **changed}


def read(pages: PublicPages, *scopes: dict[str, Any]) -> list[bytes]:
    async def one(scope: dict[str, Any]) -> bytes:
        body = b""

        async def send(event: Any) -> None:
            nonlocal body
            body += event.get("body", b"")

        await pages(scope, None, send)  # type: ignore[arg-type]
        return body

    async def in_turn() -> list[bytes]:
        return [await one(scope) for scope in scopes]

    return asyncio.run(in_turn())


def test_a_page_is_made_once_a_second(pages: PublicPages, clock: Clock) -> None:
    assert read(pages, asking(), asking(), asking()) == [b"1!", b"1!", b"1!"]
    clock.now += 1.01
    assert read(pages, asking(), asking()) == [b"2!", b"2!"]


@pytest.mark.parametrize(
    "scope",
    [
        asking(cookie="sessionid=abc"),
        asking(cookie="nenrin_tablet=abc"),
        asking(cookie="messages=abc; nenrin_size=large"),
        asking(headers=[(b"authorization", b"Bearer abc")]),
        asking(cookie="nenrin_size=large", headers=[(b"cookie", b"sessionid=abc")]),
        asking(method="POST"),
        asking(query_string=b"q=abc"),
    ],
)
def test_what_may_be_somebodys_own_is_never_kept(pages: PublicPages, scope: dict[str, Any]) -> None:
    assert key_of(scope) is None
    assert read(pages, asking(), scope, scope, asking()) == [b"1!", b"2!", b"3!", b"1!"]


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, [(b"x-nenrin-keep", b"account 0011")]),
        (200, []),
        (200, [MARK, (b"Set-Cookie", b"csrftoken=abc")]),
        (404, [MARK]),
    ],
)
def test_only_a_marked_page_is_kept(
    pages: PublicPages, behind: Application, status: int, headers: list[tuple[bytes, bytes]]
) -> None:
    behind.status, behind.headers = status, headers
    assert read(pages, asking(), asking()) == [b"1!", b"2!"]


def test_readers_with_other_switches_get_their_own_page(pages: PublicPages) -> None:
    plain, large = asking(), asking(cookie="csrftoken=x; nenrin_size=large")
    strange = asking(cookie="nenrin_size=enormous")
    other = asking(headers=[(b"accept-encoding", b"gzip, br")])
    assert read(pages, plain, large, strange, other) == [b"1!", b"2!", b"1!", b"3!"]


def test_another_host_is_another_town(pages: PublicPages) -> None:
    town, other = asking(), asking()
    other["headers"] = [(b"host", b"shinjo.example")]
    assert read(pages, town, other) == [b"1!", b"2!"]


def test_while_one_makes_the_new_copy_the_others_read_the_old(
    pages: PublicPages, behind: Application, clock: Clock
) -> None:
    read(pages, asking())
    clock.now += 1.5
    seen: list[bytes] = []
    answer = Application.__call__

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        """Another reader comes while this one is being answered."""

        async def keep(event: Any) -> None:
            seen.append(event.get("body", b""))

        await pages(asking(), receive, keep)
        await answer(behind, scope, receive, send)

    pages._application = slow
    assert read(pages, asking()) == [b"2!"]
    assert seen == [b"", b"1!"]


def test_memory_is_bounded(pages: PublicPages) -> None:
    read(pages, *(asking(f"/m/{number}") for number in range(MOST_PAGES + 10)))
    assert len(pages._kept) == MOST_PAGES
