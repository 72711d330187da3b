"""A public page is rendered once a second, however many read it.

In the minute after a warning a whole town opens the same few pages. This raw ASGI layer stands in
front of everything and keeps what a view marked as the same for everybody (``keep_public``), for
readers who are nobody in particular: no session, no tablet, no message waiting for them alone.
What it gives away was made at most a second ago, or a few while a new copy is being made.
"""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from nenrin.core.ui.keeping import HEADER, SAME_FOR_EVERYBODY
from nenrin.core.ui.switches import CHOICES, cookie_name

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Event = MutableMapping[str, Any]
Send = Callable[[Event], Awaitable[None]]
Key = tuple[str, ...]

FRESH_SECONDS = 1.0
STALE_SECONDS = 5.0
MOST_PAGES = 256
LARGEST_PAGE = 512 * 1024
KEPT_HEADER = HEADER.lower().encode()
TOLD_APART_BY = (b"host", b"x-forwarded-host", b"x-forwarded-proto")
MAKES_PRIVATE = (b"authorization", b"range")


@dataclass(slots=True)
class Kept:
    """A page as it went out, when its making began, and who makes the next copy since when."""

    start: Event
    body: bytes
    made_at: float
    renewing_since: float = 0.0


@dataclass(slots=True)
class Recorder:
    """Passes an answer on and remembers it."""

    send: Send
    start: Event = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)
    is_whole: bool = False

    async def __call__(self, event: Event) -> None:
        if event["type"] == "http.response.start":
            self.start = event
        elif event["type"] == "http.response.body" and len(self.body) <= LARGEST_PAGE:
            self.body += event.get("body", b"")
            self.is_whole = not event.get("more_body", False)
        await self.send(event)

    @property
    def is_for_everybody(self) -> bool:
        """Whether the view said so, and nothing in the answer is meant for one reader."""
        headers = {name.lower(): value for name, value in self.start.get("headers", ())}
        return (
            self.is_whole
            and self.start["status"] == 200
            and headers.get(KEPT_HEADER) == SAME_FOR_EVERYBODY.encode()
            and b"set-cookie" not in headers
            and len(self.body) <= LARGEST_PAGE
        )


class PublicPages:
    """Answers from what it keeps, or asks the application behind it."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = key_of(scope) if scope["type"] == "http" else None
        if key is None:
            await self._application(scope, receive, send)
            return
        now = time.monotonic()
        kept = self._kept.get(key)
        if kept and (now - kept.made_at < FRESH_SECONDS or self._may_wait(kept, now)):
            await send(kept.start)
            await send({"type": "http.response.body", "body": kept.body})
            return
        if kept:
            kept.renewing_since = now
        recorder = Recorder(send)
        await self._application(scope, receive, recorder)
        if recorder.is_for_everybody:
            self._keep(key, Kept(recorder.start, bytes(recorder.body), now))
        else:
            self._kept.pop(key, None)

    def _may_wait(self, kept: Kept, now: float) -> bool:
        """Whether somebody is making a new copy just now; the old one does until then."""
        return now - kept.made_at < STALE_SECONDS and now - kept.renewing_since < FRESH_SECONDS

    def _keep(self, key: Key, page: Kept) -> None:
        self._kept[key] = page
        self._kept.move_to_end(key)
        if len(self._kept) > MOST_PAGES:
            self._kept.popitem(last=False)


def key_of(scope: Scope) -> Key | None:
    """What tells one public page from another; None for a request that may be somebody's own."""
    if scope["method"] != "GET" or scope.get("query_string"):
        return None
    headers: dict[bytes, bytes] = dict(scope["headers"])
    if any(name in headers for name in MAKES_PRIVATE):
        return None
    # HTTP/2 may send each cookie in a header of its own.
    cookies = b";".join(value for name, value in scope["headers"] if name == b"cookie")
    switches = _switches(cookies.decode("latin-1"))
    if switches is None:
        return None
    apart = (headers.get(name, b"").decode("latin-1") for name in TOLD_APART_BY)
    encoding = "gzip" if b"gzip" in headers.get(b"accept-encoding", b"") else ""
    return (scope["path"], scope.get("scheme", ""), *apart, encoding, *switches)


def _switches(cookies: str) -> tuple[str, ...] | None:
    """The reader's switches; None where a cookie may name the reader."""
    names = {cookie_name(switch): switch for switch in CHOICES}
    values = {switch: choices[0] for switch, choices in CHOICES.items()}
    for cookie in filter(None, map(str.strip, cookies.split(";"))):
        name, _, value = cookie.partition("=")
        if name in names:
            if value in CHOICES[names[name]]:
                values[names[name]] = value
        elif name != settings.CSRF_COOKIE_NAME:
            return None
    return tuple(values.values())
