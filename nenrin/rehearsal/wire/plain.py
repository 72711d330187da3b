"""Plain HTTP on a port of this machine: browsers walk through without a certificate."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from nenrin.rehearsal.wire.loopback import require_free, require_loopback

STOP_WITHIN_S = 1


@contextlib.asynccontextmanager
async def serving_plainly(app: Any, host: str, port: int) -> AsyncIterator[None]:
    """Serve an ASGI application meanwhile. Raises NotLoopback, OSError for a port taken."""
    address = require_loopback(host)
    require_free(address, port)
    server = Server(
        app,
        address=address,
        port=port,
        interface=Interfaces.ASGINL,
        log_level=LogLevels.error,
    )
    server.workers_kill_timeout = STOP_WITHIN_S
    serving = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        stop: Callable[[], None] = server.stop
        stop()
        with contextlib.suppress(TimeoutError):  # a client that holds on ends with this process
            await serving
