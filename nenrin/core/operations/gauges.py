"""Gauges of the base: workers, jobs, database, disk, clock."""

import shutil
from collections.abc import Iterator

from django.conf import settings

from .doctor.database import clock_difference, pending_migrations, rows
from .doctor.jobs import WAITING, live_workers
from .metrics import Gauge, Sample, one_label

JOBS = """
SELECT queue_name, status::text, count(*) FROM procrastinate_jobs
WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2
"""


def _jobs() -> Iterator[Sample]:
    for queue, status, count in rows(JOBS):
        yield Sample(count, {"queue": queue, "status": status})


def _longest_wait() -> Iterator[Sample]:
    yield Sample(float(rows(WAITING)[0][1] or 0))


def _disk() -> Iterator[Sample]:
    usage = shutil.disk_usage(settings.NENRIN.state_dir)
    return one_label("kind", [("free", usage.free), ("total", usage.total)])


BASE_GAUGES = (
    Gauge("workers", "workers that gave a sign of life", lambda: [Sample(live_workers())]),
    Gauge("jobs", "jobs in the queue", _jobs),
    Gauge("job_longest_wait_seconds", "oldest job due for over two minutes", _longest_wait),
    Gauge(
        "database_bytes",
        "size of the database",
        lambda: [Sample(rows("SELECT pg_database_size(current_database())")[0][0])],
    ),
    Gauge(
        "migrations_pending",
        "migrations the database lacks",
        lambda: [Sample(len(pending_migrations()))],
    ),
    Gauge(
        "clock_ahead_seconds",
        "this machine's clock against the database's",
        lambda: [Sample(clock_difference())],
    ),
    Gauge("disk_bytes", "disk of the state folder", _disk),
)
