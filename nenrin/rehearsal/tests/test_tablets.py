import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from nenrin.rehearsal.messages import Arrival
from nenrin.rehearsal.tablets import BadTabletList, Fleet, Tablet, read_tablets

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
Streams = list[asyncio.StreamWriter]


class Town:
    """A tiny server of streams: keeps what was asked and whom it can write to."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.streams: Streams = []
        self.answers: list[bytes] = []
        self.base = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        assert lines[0] == "GET /tablet/stream HTTP/1.1"
        pairs = (line.partition(": ") for line in lines[1:] if line)
        self.asked.append({name.lower(): value for name, _, value in pairs})
        if self.answers:
            writer.write(self.answers.pop(0))
            writer.close()
            return
        writer.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        self.say(b"retry: 20\n\n", writer)
        self.streams.append(writer)
        await reader.read()

    def say(self, data: bytes, *to: asyncio.StreamWriter) -> None:
        for writer in to or self.streams:
            writer.write(b"%x\r\n%b\r\n" % (len(data), data))


@contextlib.asynccontextmanager
async def _town(tablets: int, got: list[tuple[str, str]]) -> AsyncIterator[tuple[Town, Fleet]]:
    town = Town()

    def deliver(device_id: str, arrival: Arrival) -> None:
        got.append((device_id, arrival.message_id))

    async with await asyncio.start_server(town.answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        names = [Tablet(f"tablet-{n}", f"token-{n}") for n in range(tablets)]
        fleet = Fleet(names, f"http://127.0.0.1:{port}/", deliver)
        fleet.start()
        yield town, fleet
        await fleet.stop()
        for writer in town.streams:
            writer.close()


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.005)


def _event(number: int) -> bytes:
    return b'id: %d\nevent: message\ndata: {"id": "m-%d"}\n\n' % (number, number)


def test_every_tablet_hears_every_message() -> None:
    got: list[tuple[str, str]] = []

    async def story() -> None:
        async with _town(200, got) as (town, fleet):
            await _until(lambda: fleet.connected == 200)
            assert {asked["authorization"] for asked in town.asked} == {
                f"Bearer token-{n}" for n in range(200)
            }
            assert all("last-event-id" not in asked for asked in town.asked)
            town.say(b"event: beat\ndata: x\n\n" + _event(1))
            await _until(lambda: len(got) == 200)

    asyncio.run(story())
    assert sorted(got) == sorted((f"tablet-{n}", "m-1") for n in range(200))


def test_a_broken_stream_is_taken_up_from_the_last_event() -> None:
    got: list[tuple[str, str]] = []

    async def story() -> None:
        async with _town(1, got) as (town, fleet):
            await _until(lambda: fleet.connected == 1)
            town.say(_event(5) + b"data: half")
            await _until(lambda: len(got) == 1)
            town.streams.pop().close()
            await _until(lambda: len(town.asked) == 2 and fleet.connected == 1)
            town.say(_event(6))
            await _until(lambda: len(got) == 2)
            assert town.asked[1]["last-event-id"] == "5"
            assert fleet.counts["reconnects"] == 1

    asyncio.run(story())
    assert got == [("tablet-0", "m-5"), ("tablet-0", "m-6")]


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n",
        HEAD.replace(b"event-stream", b"html") + b"\r\n",
        b"SSH-2.0\r\n\r\n",
        b"",
    ],
)
def test_a_tablet_that_is_turned_away_tries_again(answer: bytes) -> None:
    got: list[tuple[str, str]] = []

    async def story() -> None:
        async with _town(1, got) as (town, fleet):
            town.answers = [answer]
            fleet._streams[0]._events.retry_s = 0.01
            await _until(lambda: fleet.connected == 1)
            assert len(town.asked) == 2
            assert fleet.counts["failed_opens"] == 1

    asyncio.run(story())


def test_the_list_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "tablets.jsonl"
    path.write_text('{"device_id": "a", "token": "t", "district": "1"}\n\n')
    assert read_tablets(path) == [Tablet("a", "t")]
    path.write_text('{"device_id": "a", "token": "t"}\n{"device_id": "b"}\n')
    with pytest.raises(BadTabletList, match="line 2"):
        read_tablets(path)
    path.write_text('{"device_id": "a", "token": "t\\r\\nX: y"}\n')
    with pytest.raises(BadTabletList, match="line 1"):
        read_tablets(path)
