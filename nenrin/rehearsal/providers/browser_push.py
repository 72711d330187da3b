"""The WebSocket side of a push service, for real browsers (Firefox's autopush protocol).

A browser says hello, registers channels and gets an endpoint under ``/push/browser-…`` of the same
rehearsal; what is posted there goes to it, and its ``ack`` proves that it came.
"""

import asyncio
import base64
import contextlib
import itertools
import json
import uuid
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from nenrin.rehearsal.journal import Journal
from nenrin.rehearsal.providers.opening import Opening

PREFIX = "browser-"
SUBPROTOCOL = "push-notification"
DELIVERED = 100

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]


@dataclass(eq=False)
class Connection:
    """One browser that is connected now."""

    send: Send
    channels: set[str] = field(default_factory=set)


class BrowserPush:
    """An ASGI application of WebSockets; ``origin`` is where endpoints are posted to."""

    def __init__(self, origin: str, journal: Journal) -> None:
        self._origin = origin
        self._journal = journal
        self._channels: dict[str, Connection] = {}
        self._waiting: dict[str, list[bytes]] = {}
        self._unacknowledged: dict[str, str] = {}
        self._versions = itertools.count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one browser until it leaves."""
        if scope["type"] != "websocket":
            return
        await receive()
        offered = SUBPROTOCOL in scope.get("subprotocols", ())
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL if offered else None})
        connection = Connection(send)
        try:
            while (event := await receive())["type"] == "websocket.receive":
                await self._answer(connection, json.loads(event.get("text") or "{}"))
        finally:
            for channel in connection.channels:
                if self._channels.get(channel) is connection:
                    del self._channels[channel]

    async def _answer(self, connection: Connection, said: dict[str, Any]) -> None:
        match said.get("messageType"):
            case None:
                await _say(connection, {})
            case "hello":
                await self._greet(connection, said)
            case "register":
                await self._register(connection, said["channelID"])
            case "unregister":
                self._channels.pop(said["channelID"], None)
                await _say(connection, {**_pick(said), "status": 200})
            case "ack":
                self._take_acks(said.get("updates", ()))

    async def _greet(self, connection: Connection, said: dict[str, Any]) -> None:
        hello = {"messageType": "hello", "status": 200, "use_webpush": True, "broadcasts": {}}
        await _say(connection, hello | {"uaid": said.get("uaid") or uuid.uuid4().hex})

    async def _register(self, connection: Connection, channel: str) -> None:
        connection.channels.add(channel)
        self._channels[channel] = connection
        endpoint = f"{self._origin}/push/{PREFIX}{channel}"
        registered = {"messageType": "register", "channelID": channel, "status": 200}
        await _say(connection, registered | {"pushEndpoint": endpoint})
        for body in self._waiting.pop(channel, []):
            await self.deliver(channel, body)

    async def deliver(self, channel: str, body: bytes) -> None:
        """Hand one sealed message to the browser of a channel, or keep it until it is there."""
        connection = self._channels.get(channel)
        if connection is None:
            self._waiting.setdefault(channel, []).append(body)
            return
        version = str(next(self._versions))
        self._unacknowledged[version] = channel
        notification = {
            "messageType": "notification",
            "channelID": channel,
            "version": version,
            "data": base64.urlsafe_b64encode(body).rstrip(b"=").decode(),
            "headers": {"encoding": "aes128gcm"},
        }
        with contextlib.suppress(OSError, RuntimeError):
            await _say(connection, notification)

    def _take_acks(self, updates: list[dict[str, Any]]) -> None:
        for update in updates:
            channel = self._unacknowledged.pop(str(update.get("version")), None)
            if channel and update.get("code") == DELIVERED:
                self._journal["push"].arrived(f"{PREFIX}{channel}", str(update["version"]))


class Sorter:
    """What is posted goes to the real browser it names, all else to the made-up devices."""

    def __init__(self, opening: Opening, browsers: BrowserPush) -> None:
        self._opening = opening
        self._browsers = browsers
        self._handing: set[asyncio.Task[None]] = set()

    def add(self, device_id: str, body: bytes) -> None:
        """Take a message; it is handed on after the answer has gone out."""
        if not device_id.startswith(PREFIX):
            self._opening.add(device_id, body)
            return
        task = asyncio.create_task(self._browsers.deliver(device_id.removeprefix(PREFIX), body))
        self._handing.add(task)
        task.add_done_callback(self._handing.discard)


async def _say(connection: Connection, content: dict[str, Any]) -> None:
    await connection.send({"type": "websocket.send", "text": json.dumps(content)})


def _pick(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("messageType", "channelID")}
