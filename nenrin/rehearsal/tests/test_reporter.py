import asyncio

from nenrin.rehearsal.reporter import CONNECTIONS, Reporter
from nenrin.rehearsal.tests.running import Receipts, free_port


async def _settled(reporter: Reporter) -> None:
    async with asyncio.timeout(5):
        while reporter.pending:
            await asyncio.sleep(0.01)


def test_every_receipt_arrives_though_the_server_fails_at_first(receipts: Receipts) -> None:
    receipts.failures = [500, 503, 429] * 5
    reporter = Reporter()

    async def report() -> None:
        reporter.start()
        for n in range(100):
            reporter.submit(f"{receipts.base}/r/{n}", "state=delivered", n / 2000)
        await _settled(reporter)
        await reporter.stop()

    asyncio.run(report())
    assert sorted(path for path, _ in receipts.got) == sorted(f"/r/{n}" for n in range(100))
    assert reporter.retries == 15
    assert reporter.acknowledged == {"state=delivered": 100}


def test_a_refused_receipt_is_not_repeated(receipts: Receipts) -> None:
    receipts.failures = [404]
    reporter = Reporter()

    async def report() -> None:
        reporter.start()
        reporter.submit(f"{receipts.base}/r/x", "state=opened")
        await _settled(reporter)
        await reporter.stop()

    asyncio.run(report())
    assert reporter.refused == {"404": 1}
    assert receipts.got == []


def test_a_server_that_comes_up_late_gets_its_receipts() -> None:
    port, got = free_port(), 0
    reporter = Reporter()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal got
        await reader.readuntil(b"\r\n\r\nstate=confirmed")
        got += 1
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    async def report() -> None:
        reporter.start()
        for n in range(20):
            reporter.submit(f"http://town.localhost:{port}/r/{n}", "state=confirmed")
        # Nobody listens yet: every connection finds that out at least once.
        async with asyncio.timeout(20):
            while reporter.retries < CONNECTIONS:
                await asyncio.sleep(0.005)
        async with await asyncio.start_server(answer, "127.0.0.1", port):
            await _settled(reporter)
        await reporter.stop()

    asyncio.run(report())
    assert got == 20


def test_only_this_machine_is_reported_to() -> None:
    reporter = Reporter()
    reporter.submit("http://192.0.2.1/r/x", "state=opened")
    assert (reporter.not_loopback, reporter.pending) == (1, 0)
