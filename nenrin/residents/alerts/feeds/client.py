"""HTTP to the feeds' host: kept-alive connections, and a limit on everything."""

from dataclasses import dataclass
from time import monotonic

import urllib3

from .errors import FeedTooLarge, FeedUnreachable

PIECE = 64 * 1024
MAX_BYTES = 16 * 1024 * 1024
LONGEST_VALIDATOR = 200  # FeedState.etag, FeedState.last_modified


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, of silence, and for a whole answer; bytes after unpacking."""

    connect: float = 5.0
    silence: float = 10.0
    whole: float = 30.0
    size: int = MAX_BYTES


@dataclass(frozen=True, slots=True)
class Page:
    """An answer with content, and what to ask with next time."""

    body: bytes
    etag: str
    last_modified: str


class FeedClient:
    """One visit to the host; a context manager, for the length of one job."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._pool = urllib3.PoolManager(
            maxsize=1,
            retries=False,
            timeout=urllib3.Timeout(connect=self._limits.connect, read=self._limits.silence),
            headers={"User-Agent": "Nenrin", "Accept-Encoding": "gzip"},
        )

    def __enter__(self) -> "FeedClient":
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.clear()

    def get(self, url: str, *, etag: str = "", last_modified: str = "") -> Page | None:
        """Fetch a page; None when it has not changed since the validators were given out.

        Raises FeedUnreachable or FeedTooLarge. Redirects are not followed.
        """
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = dict(self._pool.headers) | {name: said for name, said in asked.items() if said}
        until = monotonic() + self._limits.whole
        try:
            answer = self._pool.request(
                "GET", url, headers=headers, redirect=False, preload_content=False
            )
            try:
                return self._page(answer, until, is_conditional=bool(etag or last_modified))
            finally:
                self._put_back(answer)
        except urllib3.exceptions.HTTPError as error:
            reason = type(error).__name__
            raise FeedUnreachable(f"つながらないか、返事が途中で切れました（{reason}）") from error

    def _page(
        self, answer: urllib3.BaseHTTPResponse, until: float, *, is_conditional: bool
    ) -> Page | None:
        if answer.status == 304 and is_conditional:
            answer.drain_conn()
            return None
        if answer.status != 200:
            raise FeedUnreachable(f"サーバーの返事が {answer.status} でした")
        return Page(
            self._body(answer, until),
            _validator(answer, "ETag"),
            _validator(answer, "Last-Modified"),
        )

    def _body(self, answer: urllib3.BaseHTTPResponse, until: float) -> bytes:
        body = bytearray()
        while piece := answer.read1(PIECE, decode_content=True):
            body += piece
            if len(body) > self._limits.size:
                raise FeedTooLarge(f"{self._limits.size:,} バイトを超えています")
            if monotonic() > until:
                raise FeedUnreachable("返事に時間がかかりすぎました")
        return bytes(body)

    @staticmethod
    def _put_back(answer: urllib3.BaseHTTPResponse) -> None:
        """Keep a connection that was read to its end; drop one with content still on it."""
        if not answer.closed:
            answer.close()
        answer.release_conn()


def _validator(answer: urllib3.BaseHTTPResponse, name: str) -> str:
    """A validator as given; one that does not fit is as good as none."""
    given = str(answer.headers.get(name, ""))
    return given if given.isprintable() and len(given) <= LONGEST_VALIDATOR else ""
