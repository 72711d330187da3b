"""Serves the payment stand-ins on a port of their own: plain HTTP, for browsers walk through."""

import contextlib
from collections.abc import AsyncIterator

from nenrin.rehearsal.payments.app import PaymentApp
from nenrin.rehearsal.wire.plain import serving_plainly


@contextlib.asynccontextmanager
async def serving_payments(host: str, port: int, town: str) -> AsyncIterator[None]:
    """Run meanwhile; nothing is opened for port 0."""
    if not port:
        yield
        return
    app = PaymentApp(f"http://localhost:{port}", town)
    async with serving_plainly(app, host, port):
        try:
            yield
        finally:
            app.courier.stop()
