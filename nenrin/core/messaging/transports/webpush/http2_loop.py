"""Many POSTs over a few kept HTTP/2 connections: libcurl's multi interface and one selector.

libcurl does the waiting, so thousands of requests need no threads. A loop is used by one sender
at a time; `LoopPool` keeps idle ones with their warm connections.
"""

import selectors
import ssl
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import certifi
import pycurl

TagT = TypeVar("TagT")
POSTS_PER_TURN = 32
LONGEST_NAP = 0.5
ORIGINS_AT_ONCE = 4
ANSWERS_AT_ONCE = 256
BROKEN_LINE = frozenset(
    {pycurl.E_HTTP2, pycurl.E_GOT_NOTHING, pycurl.E_SEND_ERROR, pycurl.E_RECV_ERROR, 92}
)
"""The service closed a kept connection just as it was used (GOAWAY, RST_STREAM, a reset). Sent at
once again, the same to the byte; a device drops a second copy. 92 is CURLE_HTTP2_STREAM."""
SELECTOR_EVENTS = {
    pycurl.POLL_IN: selectors.EVENT_READ,
    pycurl.POLL_OUT: selectors.EVENT_WRITE,
    pycurl.POLL_INOUT: selectors.EVENT_READ | selectors.EVENT_WRITE,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Timeouts in seconds; at most `connections` per origin with `streams` requests on each."""

    connect_timeout: float
    total_timeout: float
    connections: int
    streams: int
    ca_file: str = ""

    @property
    def in_flight(self) -> int:
        """More than one origin may have, so that one which hangs leaves room for the others."""
        return self.connections * self.streams * ORIGINS_AT_ONCE


class Post(NamedTuple, Generic[TagT]):
    """One request; `tag` comes back with its answer. Share one `headers` list among many."""

    url: str
    headers: list[str]
    body: bytes
    tag: TagT


class Answer(NamedTuple, Generic[TagT]):
    """Status 0 means that no answer came; `trouble` is then libcurl's error number."""

    tag: TagT
    status: int
    head: bytes
    trouble: int = 0

    def header(self, name: str) -> str:
        """The value of a header; empty where it is absent."""
        start = self.head.lower().find(b"\n" + name.lower().encode() + b":")
        if start < 0:
            return ""
        line = self.head[start + 1 : self.head.index(b"\n", start + 1)]
        return line.partition(b":")[2].strip().decode("latin-1")


class Line:
    """A libcurl handle that is used again and again, and what its latest answer's head said."""

    __slots__ = ("handle", "head", "headers", "tag")

    def __init__(self, handle: Any) -> None:
        self.handle = handle
        self.head: list[bytes] = []
        self.headers: list[str] | None = None
        self.tag: Any = None
        handle.setopt(pycurl.HEADERFUNCTION, self.head.append)

    def prepare(self, post: Post[Any]) -> None:
        """Headers stay as they are while posts share one list."""
        self.tag = post.tag
        self.head.clear()
        self.handle.setopt(pycurl.URL, post.url)
        self.handle.setopt(pycurl.POSTFIELDS, post.body)
        if post.headers is not self.headers:
            self.handle.setopt(pycurl.HTTPHEADER, post.headers)
            self.headers = post.headers


Supply = Callable[[], Post[TagT] | None]


class PostLoop:
    """Keeps connections, handles and the selector from one run to the next."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._idle: list[Line] = []
        self._flying: dict[Any, Line] = {}
        self._wake_at: float | None = None
        self._selector = selectors.DefaultSelector()
        self._multi = self._new_multi()

    def run(self, supply: Supply[TagT]) -> Iterator[Answer[TagT]]:
        """Send what `supply` hands out and yield answers as they come.

        `supply` returns None when it has nothing (now): it is asked again after each answer, so a
        caller may hand in a request once more. The run ends when nothing is left in flight.
        """
        try:
            while self._fill(supply) or self._flying:
                self._turn()
                yield from self._finished()
        finally:
            self._abandon()

    def _fill(self, supply: Supply[TagT]) -> bool:
        """Start some requests; few at a time, since making one takes longer than sending it."""
        for _ in range(min(POSTS_PER_TURN, self._limits.in_flight - len(self._flying))):
            post = supply()
            if post is None:
                break
            self._start(post)
        return bool(self._flying)

    def _start(self, post: Post[Any]) -> None:
        line = self._idle.pop() if self._idle else Line(self._new_handle())
        line.prepare(post)
        self._flying[line.handle] = line
        self._multi.add_handle(line.handle)

    def _turn(self) -> None:
        """Wait for the network at most until libcurl's next deadline, then let it work."""
        due = self._wake_at
        nap = LONGEST_NAP if due is None else max(due - time.monotonic(), 0.0)
        for key, ready in self._selector.select(min(nap, LONGEST_NAP)):
            bits = pycurl.CSELECT_IN if ready & selectors.EVENT_READ else 0
            bits |= pycurl.CSELECT_OUT if ready & selectors.EVENT_WRITE else 0
            self._multi.socket_action(key.fd, bits)
        if due is None or due <= time.monotonic():
            self._wake_at = None
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)

    def _finished(self) -> Iterator[Answer[Any]]:
        more = 1
        while more:
            more, well, ill = self._multi.info_read(ANSWERS_AT_ONCE)
            for handle in well:
                line = self._take_back(handle)
                status = handle.getinfo(pycurl.RESPONSE_CODE)
                yield Answer(line.tag, status, b"".join(line.head))
            for handle, trouble, _ in ill:
                yield Answer(self._take_back(handle).tag, 0, b"", trouble)

    def _take_back(self, handle: Any) -> Line:
        self._multi.remove_handle(handle)
        line = self._flying.pop(handle)
        self._idle.append(line)
        return line

    def _abandon(self) -> None:
        """Whoever stops early leaves no request behind for the next run."""
        for handle in list(self._flying):
            self._take_back(handle)

    def _new_multi(self) -> Any:
        multi = pycurl.CurlMulti()
        multi.setopt(pycurl.M_PIPELINING, pycurl.PIPE_MULTIPLEX)
        multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, self._limits.connections)
        multi.setopt(pycurl.M_MAX_CONCURRENT_STREAMS, self._limits.streams)
        multi.setopt(pycurl.M_MAXCONNECTS, self._limits.connections * ORIGINS_AT_ONCE)
        multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        multi.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)
        return multi

    def _new_handle(self) -> Any:
        handle = pycurl.Curl()
        for option, value in handle_settings(self._limits):
            handle.setopt(option, value)
        return handle

    def _watch(self, what: int, fd: int, _multi: Any, _data: Any) -> None:
        known = fd in self._selector.get_map()
        if what == pycurl.POLL_REMOVE:
            if known:
                self._selector.unregister(fd)
            return
        change = self._selector.modify if known else self._selector.register
        change(fd, SELECTOR_EVENTS[what])

    def _set_timer(self, milliseconds: int) -> None:
        self._wake_at = None if milliseconds < 0 else time.monotonic() + milliseconds / 1000


def handle_settings(limits: Limits) -> list[tuple[int, Any]]:
    """What every request shares: HTTP/2 over TLS, bounded time, no redirects, no body kept."""
    return [
        (pycurl.POST, 1),
        (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS),
        (pycurl.PIPEWAIT, 1),
        (pycurl.NOSIGNAL, 1),
        (pycurl.CONNECTTIMEOUT_MS, int(limits.connect_timeout * 1000)),
        (pycurl.TIMEOUT_MS, int(limits.total_timeout * 1000)),
        (pycurl.PROTOCOLS, pycurl.PROTO_HTTPS),
        (pycurl.FOLLOWLOCATION, 0),
        (pycurl.MAXFILESIZE, 65536),
        (pycurl.NOPROXY, "localhost,127.0.0.1,::1"),
        (pycurl.CAINFO, limits.ca_file or authorities()),
        (pycurl.WRITEFUNCTION, _ignore),
    ]


def authorities() -> str:
    """The machine's own certificate authorities, else the ones that came with Python's wheels."""
    return ssl.get_default_verify_paths().cafile or certifi.where()


def _ignore(_chunk: bytes) -> None:
    return None


class LoopPool:
    """Idle loops by their limits; taking and giving back are safe between threads."""

    def __init__(self) -> None:
        self._idle: defaultdict[Limits, deque[PostLoop]] = defaultdict(deque)

    @contextmanager
    def borrow(self, limits: Limits) -> Iterator[PostLoop]:
        """Lend a loop; one that met an exception is thrown away with its connections."""
        try:
            loop = self._idle[limits].pop()
        except IndexError:
            loop = PostLoop(limits)
        yield loop
        self._idle[limits].append(loop)
