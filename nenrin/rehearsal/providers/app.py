"""The ASGI application: finds the provider, applies its faults, keeps its count."""

import asyncio
from typing import NamedTuple

from nenrin.rehearsal.journal import Journal
from nenrin.rehearsal.providers import line, push, sms, voice
from nenrin.rehearsal.providers.faults import Fault, Faults
from nenrin.rehearsal.providers.http import (
    LARGEST_BODY,
    Handler,
    Message,
    Receive,
    Refusal,
    Reply,
    Request,
    Scope,
    Send,
    json_reply,
    read_request,
    send_reply,
)

SILENCE = Reply(0)


class Handlers(NamedTuple):
    """Who answers what."""

    push: Handler
    line: Handler
    sms: Handler
    voice: Handler
    control: Handler


class ProviderApp:
    """All providers behind one address."""

    def __init__(self, handlers: Handlers, faults: Faults, journal: Journal) -> None:
        self._push = handlers.push
        self._control = handlers.control
        self._routes: dict[str, tuple[str, Handler]] = {
            line.PUSH: ("line", handlers.line),
            line.MULTICAST: ("line", handlers.line),
            sms.PATH: ("sms", handlers.sms),
            voice.PATH: ("voice", handlers.voice),
        }
        self._faults = faults
        self._journal = journal
        self._silenced: set[asyncio.Future[Message]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        request = await read_request(scope, receive)
        reply = self._reply(request)
        if reply is not SILENCE:
            await send_reply(send, reply)
            return
        leaving = asyncio.ensure_future(receive())
        self._silenced.add(leaving)
        leaving.add_done_callback(self._silenced.discard)
        await asyncio.wait([leaving])

    def release(self) -> None:
        """Let go of the requests that nobody answers, so that the server can end."""
        for leaving in tuple(self._silenced):
            leaving.cancel()

    def _reply(self, request: Request) -> Reply:
        if request.path.startswith(push.PATH):
            device_id = request.path[len(push.PATH) :]
            return self._provide("push", device_id, self._push, request)
        route = self._routes.get(request.path)
        if route is not None:
            return self._provide(route[0], "", route[1], request)
        try:
            return self._control(request)
        except Refusal as refusal:
            return refusal.reply

    def _provide(self, provider: str, device_id: str, handler: Handler, request: Request) -> Reply:
        """Let the provider answer, unless a fault comes before or after it."""
        fault = self._faults.strike(provider, device_id)
        if fault is not None and not fault.after_accepting:
            return self._fail(provider, fault)
        try:
            if len(request.body) > LARGEST_BODY:
                raise Refusal(json_reply(413, {"message": "the body is too large"}))
            reply = handler(request)
        except Refusal as refusal:
            self._journal[provider].refused[str(refusal.reply.status)] += 1
            return refusal.reply
        return reply if fault is None else self._fail(provider, fault)

    def _fail(self, provider: str, fault: Fault) -> Reply:
        counts = self._journal[provider].faulted
        if fault.hang:
            counts["hang"] += 1
            return SILENCE
        counts[str(fault.status)] += 1
        after = fault.retry_after
        headers = () if after is None else ((b"retry-after", b"%d" % after),)
        return json_reply(fault.status, {"message": "this failure was asked for"}, *headers)
