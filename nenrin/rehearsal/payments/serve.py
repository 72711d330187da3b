"""Serves the payment stand-ins on a port of their own: plain HTTP, for browsers walk through."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from nenrin.rehearsal.payments.app import PaymentApp
from nenrin.rehearsal.wire.loopback import require_free, require_loopback

STOP_WITHIN_S = 1


@contextlib.asynccontextmanager
async def serving_payments(host: str, port: int, town: str) -> AsyncIterator[None]:
    """Run meanwhile; nothing is opened for port 0."""
    if not port:
        yield
        return
    address = require_loopback(host)
    require_free(address, port)
    app = PaymentApp(f"http://localhost:{port}", town)
    server = Server(
        app,
        address=address,
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        log_level=LogLevels.error,
    )
    server.workers_kill_timeout = STOP_WITHIN_S
    serving = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        app.courier.stop()
        stop: Callable[[], None] = server.stop
        stop()
        with contextlib.suppress(TimeoutError):
            await serving
