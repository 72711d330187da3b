import asyncio

import pytest

from nenrin.rehearsal.wire.events import Event, EventParser
from nenrin.rehearsal.wire.http1 import BadResponse, ChunkDecoder, parse_head, read_answer
from nenrin.rehearsal.wire.loopback import NotLoopback, require_loopback, target_of

CHUNKED = b"5\r\nhello\r\n6;x=1\r\n world\r\n0\r\nTrailer: x\r\n\r\n"
STREAM = (
    b"retry: 1500\n\n: beat\n\nid: 7\r\nevent: message\r\ndata: {\r\ndata: }\r\n\r\n"
    b"data:\xe9\x9b\xaa\n\nevent: other\n\ndata: half"
)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_chunks_in_pieces_of_any_size(size: int) -> None:
    chunks = ChunkDecoder()
    pieces = [CHUNKED[start : start + size] for start in range(0, len(CHUNKED), size)]
    assert b"".join(map(chunks.feed, pieces)) == b"hello world"
    assert chunks.finished


def test_a_bad_chunk_size_is_refused() -> None:
    with pytest.raises(BadResponse):
        ChunkDecoder().feed(b"many\r\n")


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_events_in_pieces_of_any_size(size: int) -> None:
    parser = EventParser()
    pieces = [STREAM[start : start + size] for start in range(0, len(STREAM), size)]
    events = [event for piece in pieces for event in parser.feed(piece)]
    assert events == [Event("message", "{\n}"), Event("message", "雪")]
    assert (parser.last_id, parser.retry_s) == ("7", 1.5)
    parser.reset()
    assert parser.feed(b"\n\n") == []
    assert parser.last_id == "7"


def test_a_head_is_read() -> None:
    head = parse_head(b"HTTP/1.1 204 No Content\r\nConnection: Close\r\n")
    assert (head.status, head.keeps_alive, head.chunked) == (204, False, False)
    with pytest.raises(BadResponse):
        parse_head(b"SSH-2.0-x")


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED,
        b"HTTP/1.1 204 No Content\r\n\r\n",
    ],
)
def test_two_answers_on_one_connection(raw: bytes) -> None:
    async def read_two() -> list[int]:
        reader = asyncio.StreamReader()
        reader.feed_data(raw + b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n")
        return [(await read_answer(reader)).status for _ in range(2)]

    assert asyncio.run(read_two())[1] == 410


def test_urls_of_this_machine() -> None:
    target = target_of("http://kaneyama.localhost:8000/r/x?y=1")
    assert target == (False, "localhost", 8000, "kaneyama.localhost:8000", "/r/x?y=1")
    assert target_of("https://[::1]/r/x").port == 443
    assert target_of("http://127.8.9.1/r/x").host == "127.8.9.1"


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.0.1/r/x",
        "http://localhost.example.jp/r/x",
        "http://evillocalhost/r/x",
        "http://localhost@example.jp/r/x",
        "http://localhost:99999/r/x",
        "http://localhost/r/x\r\nX: y",
        "http://localhost/雪",
        "ftp://localhost/r/x",
        "/r/x",
        "",
    ],
)
def test_urls_elsewhere_or_malformed(url: str) -> None:
    with pytest.raises(NotLoopback):
        target_of(url)


def test_only_loopback_is_bound() -> None:
    assert [require_loopback(host) for host in ("127.0.0.1", "::1", "localhost")] == [
        "127.0.0.1",
        "::1",
        "127.0.0.1",
    ]
    for host in ("0.0.0.0", "::", "", "192.168.0.1", "example.jp"):
        with pytest.raises(NotLoopback):
            require_loopback(host)
