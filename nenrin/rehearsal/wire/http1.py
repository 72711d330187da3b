"""Just enough HTTP/1.1 for a client: response heads and chunked bodies."""

import asyncio
from typing import NamedTuple

HEAD_END = b"\r\n\r\n"


class BadResponse(ConnectionError):
    """The other side answered something that is not HTTP/1.1."""


class Head(NamedTuple):
    """Status line and headers of a response, names in lower case."""

    status: int
    headers: dict[str, str]

    @property
    def chunked(self) -> bool:
        """Whether the body comes in chunks."""
        return "chunked" in self.headers.get("transfer-encoding", "").lower()

    @property
    def keeps_alive(self) -> bool:
        """Whether the connection may carry another request."""
        return self.headers.get("connection", "").lower() != "close"


def parse_head(raw: bytes) -> Head:
    """Read a response head, blank line included or not; raises BadResponse."""
    status_line, *lines = raw.decode("latin-1").split("\r\n")
    words = status_line.split(" ", 2)
    if len(words) < 2 or not words[0].startswith("HTTP/1.") or not words[1].isdigit():
        raise BadResponse(f"not an HTTP/1.1 answer: {status_line[:80]!r}")
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.lower()] = value.strip()
    return Head(int(words[1]), headers)


async def read_answer(reader: asyncio.StreamReader) -> Head:
    """Read one whole response and return its head; the body is dropped."""
    try:
        head = parse_head(await reader.readuntil(HEAD_END))
        if head.status not in (204, 304):
            await _skip_body(reader, head)
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError) as error:
        raise BadResponse(str(error)) from error
    return head


async def _skip_body(reader: asyncio.StreamReader, head: Head) -> None:
    if not head.chunked:
        await reader.readexactly(int(head.headers.get("content-length", "0")))
        return
    chunks = ChunkDecoder()
    while not chunks.finished:
        chunks.feed(await reader.readuntil(b"\n"))


class ChunkDecoder:
    """Takes a chunked body in pieces of any size and gives back the bytes inside."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._left = 0
        self._trailer = False
        self.finished = False

    def feed(self, data: bytes) -> bytes:
        """Return the body bytes completed by this piece; raises BadResponse."""
        self._buffer += data
        body = bytearray()
        while not self.finished:
            if self._left:
                if not self._take_data(body):
                    break
            elif not self._take_line():
                break
        return bytes(body)

    def _take_data(self, body: bytearray) -> bool:
        """Move chunk bytes out, then the line end after them; False when more must come."""
        available = min(self._left - 2, len(self._buffer))
        if available > 0:
            body += self._buffer[:available]
            del self._buffer[:available]
            self._left -= available
        if self._left > 2 or len(self._buffer) < self._left:
            return False
        del self._buffer[: self._left]
        self._left = 0
        return True

    def _take_line(self) -> bool:
        """Read a chunk-size or trailer line; False when more must come."""
        line, found, _ = bytes(self._buffer).partition(b"\r\n")
        if not found:
            return False
        del self._buffer[: len(line) + 2]
        if self._trailer:
            self.finished = not line
            return True
        try:
            size = int(line.split(b";")[0], 16)
        except ValueError:
            raise BadResponse(f"not a chunk size: {line[:40]!r}") from None
        self._trailer = size == 0
        self._left = size + 2 if size else 0
        return True
