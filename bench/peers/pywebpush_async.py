"""`pywebpush.webpush_async` with one shared aiohttp session; reads its task from standard input."""

import asyncio
import json
import ssl
import sys
import time
from typing import Any

import aiohttp
from py_vapid import Vapid02
from pywebpush import webpush_async

AT_ONCE = 100


async def push_all(
    task: dict[str, Any], subscriptions: list[Any], session: aiohttp.ClientSession
) -> None:
    """A hundred at once, as the library's own example does with a shared session."""
    waiting = iter(subscriptions)
    key = Vapid02.from_pem(task["vapid_pem"].encode())

    async def work() -> None:
        for subscription in waiting:
            answer = await webpush_async(
                subscription,
                data=task["data"],
                vapid_private_key=key,
                vapid_claims={"sub": task["subject"]},
                ttl=3600,
                headers={"Urgency": "high"},
                aiohttp_session=session,
            )
            if answer.status != 201:
                raise RuntimeError(answer.status)
            answer.release()

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))


async def main() -> None:
    task = json.load(sys.stdin)
    trust = ssl.create_default_context(cafile=task["ca_file"])
    connector = aiohttp.TCPConnector(ssl=trust, limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session:
        await push_all(task, task["subscriptions"][:AT_ONCE], session)
        start, spent = time.perf_counter(), time.process_time()
        await push_all(task, task["subscriptions"], session)
        wall, processor = time.perf_counter() - start, time.process_time() - spent
        print(json.dumps({"wall": wall, "processor": processor}))


asyncio.run(main())
