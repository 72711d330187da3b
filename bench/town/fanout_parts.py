"""The parts of `bench.fanout_database`, each a process of its own: prepare, work, release.

A transport that hands over nothing stands in for the network.
"""

import json
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import psutil

from nenrin.cli.main import connect_database

connect_database()

from django.db import connection, transaction  # noqa: E402

from config.environment import environment  # noqa: E402
from nenrin.cli.commands.migrate_ import migrate  # noqa: E402
from nenrin.cli.commands.worker_ import run as run_worker  # noqa: E402
from nenrin.core.areas.services.load_places import load_places  # noqa: E402
from nenrin.core.database import embedded  # noqa: E402
from nenrin.core.database.clock import database_now  # noqa: E402
from nenrin.core.messaging.models import Channel, Delivery, Ladder, Message, Rung  # noqa: E402
from nenrin.core.messaging.services.compose_message import Draft, compose_message  # noqa: E402
from nenrin.core.messaging.services.release_message import release_message  # noqa: E402
from nenrin.core.messaging.states import DeliveryState, Severity  # noqa: E402
from nenrin.core.messaging.transports.contract import (  # noqa: E402
    Fate,
    Outcome,
    Parcel,
    Transport,
    Words,
    transports,
)
from nenrin.core.tenancy.scope import town_scope  # noqa: E402
from nenrin.core.tenancy.services.create_town import create_town  # noqa: E402

TOWN = "063614"
PER_HOUSEHOLD = 4
HOUSEHOLDS = """
INSERT INTO people_household (town_id, number, district_id, address)
SELECT %s, 'b' || n, (SELECT min(id) FROM areas_district), '' FROM generate_series(1, %s) n
"""
ENDPOINTS = """
INSERT INTO messaging_endpoint (town_id, household_id, kind, address, keys, retired_reason,
    verified_at, consented_at, muted_topics)
SELECT h.town_id, h.id, 'null', 'https://push.example/' || h.id || '/' || n,
    json_build_object('p256dh', repeat('k', 87), 'auth', repeat('a', 22)), '', now(), now(), '{}'
FROM people_household h CROSS JOIN generate_series(1, %s) n
"""
COLUMNS = """town_id, message_id, channel_id, household_id, endpoint_id, rung, state, attempts,
    due_at, planned_at, provider_reference, failure"""
# PostgreSQL refuses COPY into a table with row-level security: the rows come in beside it.
BESIDE = f"""
CREATE TEMPORARY TABLE beside ON COMMIT DROP AS SELECT {COLUMNS} FROM messaging_delivery LIMIT 0
"""
COPY = f"COPY beside ({COLUMNS}) FROM STDIN"
FROM_BESIDE = f"INSERT INTO messaging_delivery ({COLUMNS}) SELECT {COLUMNS} FROM beside"


class NullTransport(Transport):
    """Hands over nothing and says that it did."""

    key = "null"
    label = "なし"
    shard_size = 2000

    def send(self, options: Any, words: Words, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        for parcel in parcels:
            yield Outcome(parcel.delivery_id, Fate.SENT, reference="https://push.example/message/1")


def prepare(deliveries: str) -> None:
    """A town with so many endpoints, all of one kind."""
    migrate()
    create_town(code=TOWN)
    with town_scope(TOWN):
        load_places()
        Channel.objects.create(kind=NullTransport.key, name="null")
        ladder = Ladder.objects.create(severity=Severity.LEVEL_4, name="null")
        Rung.objects.create(ladder=ladder, position=0, wait_seconds=0, kinds=[NullTransport.key])
        with connection.cursor() as cursor:
            cursor.execute(HOUSEHOLDS, [TOWN, int(deliveries) // PER_HOUSEHOLD])
            cursor.execute(ENDPOINTS, [PER_HOUSEHOLD])


def work() -> None:
    """A worker as `nenrin worker` runs it."""
    run_worker(Namespace(concurrency=4))


def release(*workers: str) -> None:
    """Release one message and wait until all is recorded as sent; then plan the same by COPY."""
    time.sleep(3)
    parts = [psutil.Process(int(pid)) for pid in workers]
    before, database_before = _cpu_seconds(parts), _cpu_seconds(_database())
    with town_scope(TOWN):
        message = _compose()
    start = time.perf_counter()
    with town_scope(TOWN):
        release_message(message=message, acting_user="bench")
    released = time.perf_counter()
    most = 0
    while _count(message, DeliveryState.PLANNED):
        most = max(most, *(part.memory_info().rss for part in parts))
        time.sleep(0.05)
    done = time.perf_counter()
    worked = _cpu_seconds(parts) - before
    database_worked = _cpu_seconds(_database()) - database_before
    found = {
        "deliveries": _count(message, DeliveryState.SENT),
        "ms": round((done - start) * 1000),
        "release_ms": round((released - start) * 1000),
        "workers_cpu_ms": round(worked * 1000),
        "database_cpu_ms": round(database_worked * 1000),
        "worker_mib": round(most / 2**20),
        "insert_select_ms": _insert_select_ms(),
        "copy_ms": _copy_ms(),
    }
    print(json.dumps(found))


def _database() -> list[psutil.Process]:
    """The embedded server's processes."""
    file = embedded.data_directory(environment.state_dir) / "postmaster.pid"
    server = psutil.Process(int(file.read_text().split()[0]))
    return [server, *server.children()]


def _cpu_seconds(processes: list[psutil.Process]) -> float:
    return float(sum(sum(process.cpu_times()[:2]) for process in processes))


def _compose() -> Message:
    draft = Draft(
        "bench", "訓練", "訓練です。", Severity.LEVEL_4, database_now() + timedelta(hours=1)
    )
    return compose_message(draft=draft)


def _count(message: Message, state: DeliveryState) -> int:
    with town_scope(TOWN):
        return Delivery.objects.filter(message=message, state=state).count()


def _insert_select_ms() -> int:
    """Time of a release alone: the rows are planned where they are."""
    with town_scope(TOWN):
        message = _compose()
    start = time.perf_counter()
    with town_scope(TOWN):
        release_message(message=message, acting_user="bench")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        spent = time.perf_counter() - start
        transaction.set_rollback(True)
    return round(spent * 1000)


def _copy_ms() -> int:
    """Time of fetching the endpoints and sending the rows back by COPY, constraints included."""
    with town_scope(TOWN):
        message = _compose()
        start = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT e.town_id, %s, c.id, e.household_id, e.id, 0, 0, 0, now(), now(), '', ''"
                " FROM messaging_endpoint e JOIN messaging_channel c USING (kind)",
                [message.pk],
            )
            rows = cursor.fetchall()
            cursor.execute(BESIDE)
            with cursor.copy(COPY) as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(FROM_BESIDE)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        spent = time.perf_counter() - start
        transaction.set_rollback(True)
    return round(spent * 1000)


PARTS = {"prepare": prepare, "work": work, "release": release}

if __name__ == "__main__":
    transports.register(NullTransport())
    PARTS[sys.argv[1]](*sys.argv[2:])
