"""Brings webhooks to the town, again and again until it answers 200."""

import asyncio
import urllib.error
import urllib.request

from nenrin.rehearsal.payments.shop import Hook
from nenrin.rehearsal.payments.till import Till
from nenrin.rehearsal.wire.loopback import target_of

WAITS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0)
PATIENCE_S = 10


class Courier:
    """Sends to ``base``/payments/webhooks/<shop>, on this machine only."""

    def __init__(self, base: str, till: Till) -> None:
        target_of(base)
        self._base = base
        self._till = till
        self._under_way: set[asyncio.Task[None]] = set()

    def send(self, shop: str, hook: Hook) -> asyncio.Task[None]:
        """Begin to bring it; the task ends when it was taken or given up."""
        task = asyncio.create_task(self._bring(shop, hook))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    def stop(self) -> None:
        """Give up what is under way."""
        for task in tuple(self._under_way):
            task.cancel()

    async def _bring(self, shop: str, hook: Hook) -> None:
        url = f"{self._base}/payments/webhooks/{shop}"
        for wait in WAITS:
            await asyncio.sleep(wait)
            status = await asyncio.to_thread(_post, url, hook)
            self._till.webhooks[str(status)] += 1
            if status == 200:
                return


def _post(url: str, hook: Hook) -> int:
    headers = {"Content-Type": "application/json", **hook.headers}
    request = urllib.request.Request(url, data=hook.body, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
