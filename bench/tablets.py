"""Five thousand live streams on one server process, through the device portal itself.

Broadcast: from NOTIFY to the last client. Storm: all streams cut and back at once, which real
tablets, told to come back after different waits, never do. The peer is raw ASGI on the same server.
"""

import hashlib
import http.client
import json
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from django.db import connection
from django.utils import timezone

from bench.figure import Figure, Skipped
from bench.town.served import CODE, Server, town, web
from nenrin.core.messaging.models import Endpoint
from nenrin.core.messaging.services.compose_message import Draft, compose_message
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import Severity
from nenrin.core.people.models import Household
from nenrin.core.tenancy.scope import town_scope

STREAMS = 5000
BROADCASTS = 3
STORM_TARGET_SECONDS = 10.0
BROADCAST_TARGET_MS = 300.0
CLIENTS = Path(__file__).with_name("peers") / "stream_clients.py"
BARE = "bare ASGI"


class Clients:
    """The process that holds all streams' other ends."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, word: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()

    def done(self) -> float:
        """The moment at which what was asked had come true for all; raises Skipped."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise Skipped("タブレット役の接続がそろいません")
        return float(json.loads(line)["done"])

    def seconds(self, word: str) -> float:
        """How long a command took."""
        start = time.time()
        self.ask(word)
        return self.done() - start


@contextmanager
def clients(server: Server, tokens: list[str], last_event: int) -> Iterator[Clients]:
    task = {"port": server.port, "tokens": tokens, "last_event": last_event}
    with subprocess.Popen(
        [sys.executable, str(CLIENTS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        made = Clients(process)
        try:
            made.ask(json.dumps(task))
            yield made
        finally:
            process.kill()


def measure() -> list[Figure]:
    """Milliseconds of a broadcast, KiB a stream, seconds of a storm; ours beside bare ASGI."""
    town()
    tokens = _pair()
    with web() as server:
        ours = _course(server, tokens, _notify)
    with web("bench.peers.bare_streams:app") as server:
        bare = _course(server, tokens, lambda: _tell(server))
    granian = {"granian": version("granian")}
    return [
        Figure(
            "tablets_broadcast",
            ours[0],
            "ms",
            {BARE: bare[0], "target": BROADCAST_TARGET_MS},
            granian,
        ),
        Figure("tablets_memory", ours[1], "KiB/stream", {BARE: bare[1]}),
        Figure("tablets_storm", ours[2], "s", {BARE: bare[2], "target": STORM_TARGET_SECONDS}),
    ]


def _course(
    server: Server, tokens: list[str], broadcast: Callable[[], float]
) -> tuple[float, float, float]:
    time.sleep(2)
    before = server.memory_kib()
    with clients(server, tokens, 0) as streams:
        streams.seconds("open")
        memory = (server.memory_kib() - before) / STREAMS
        times = []
        for _ in range(BROADCASTS):
            streams.ask("wait")
            start = broadcast()
            times.append(streams.done() - start)
        storm = streams.seconds("again")
    return statistics.median(times) * 1000, memory, storm


def _pair() -> list[str]:
    """Give the town five thousand tablets; returns their tokens."""
    tokens = [secrets.token_urlsafe(32) for _ in range(STREAMS)]
    now = timezone.now()
    with town_scope(CODE):
        homes = list(Household.objects.values_list("pk", flat=True))
        Endpoint.objects.filter(kind="tablet").update(retired_at=now)
        Endpoint.objects.bulk_create(
            Endpoint(
                household_id=homes[number % len(homes)],
                kind="tablet",
                address=f"bench-{number}",
                keys={"token_hash": hashlib.sha256(token.encode()).hexdigest()},
                verified_at=now,
                consented_at=now,
            )
            for number, token in enumerate(tokens)
        )
    return tokens


def _notify() -> float:
    """Release a message, then wake the streams as the tablet transport does."""
    with town_scope(CODE):
        message = compose_message(
            draft=Draft(
                source="bench",
                title="避難指示",
                body="川があふれそうです。今すぐ高い場所へ移ってください。",
                severity=Severity.LEVEL_4,
                asks_safety=True,
                is_drill=True,
                expires_at=timezone.now() + timedelta(seconds=90),
            )
        )
        release_message(message=message, acting_user="bench")
    payload = json.dumps({"town": CODE, "message": str(message.pk)})
    start = time.time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('nenrin_tablet', %s)", [payload])
    return start


def _tell(server: Server) -> float:
    request = http.client.HTTPConnection("127.0.0.1", server.port)
    request.connect()
    start = time.time()
    request.request("POST", "/")
    request.getresponse().read()
    return start
