"""Does the work get done? Workers, their jobs, and what has failed."""

from collections.abc import Iterator

from .contract import Check, Finding
from .database import rows

HEARTBEAT_SECONDS = 30
LIVE_WORKERS = f"""
SELECT count(*) FROM procrastinate_workers
WHERE last_heartbeat > now() - interval '{HEARTBEAT_SECONDS} seconds'
"""
STALLED = f"""
SELECT count(*) FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing'
  AND (w.id IS NULL OR w.last_heartbeat < now() - interval '{HEARTBEAT_SECONDS * 2} seconds')
"""
WAITING = """
SELECT count(*), extract(epoch FROM now() - min(coalesce(j.scheduled_at, e.at)))
FROM procrastinate_jobs j
JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events WHERE job_id = j.id) e ON true
WHERE j.status = 'todo' AND coalesce(j.scheduled_at, e.at) < now() - interval '120 seconds'
"""
FAILED = """
SELECT j.task_name, count(DISTINCT j.id) FROM procrastinate_jobs j
JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'failed'
WHERE j.status = 'failed' AND e.at > now() - interval '1 day'
GROUP BY j.task_name ORDER BY 2 DESC, 1
"""


def live_workers() -> int:
    """How many workers gave a sign of life just now."""
    return int(rows(LIVE_WORKERS)[0][0])


def find_stopped_worker() -> Iterator[Finding]:
    if not live_workers():
        yield Finding(
            "仕事をする係（worker）が動いていません。知らせは送られません。",
            "nenrin worker を動かしてください。",
        )


def find_stalled_jobs() -> Iterator[Finding]:
    (count,) = rows(STALLED)[0]
    if count:
        yield Finding(
            f"止まった係が持ったままの仕事が {count} 件あります。",
            "係が動いていれば、1分ほどで引き継がれます。減らなければ、係を動かし直してください。",
        )


def find_waiting_jobs() -> Iterator[Finding]:
    count, seconds = rows(WAITING)[0]
    if count:
        yield Finding(
            f"2分より長く待っている仕事が {count} 件あります（長いもので {int(seconds)} 秒）。",
            "係（nenrin worker）の数を増やすか、記録を見てください。",
        )


def find_failed_jobs() -> Iterator[Finding]:
    for task, count in rows(FAILED):
        yield Finding(
            f"この1日に失敗した仕事があります: {task} {count} 件。",
            "係の記録（ログ）でわけを見てください。",
        )


JOB_CHECKS = (
    Check("worker", "仕事をする係", find_stopped_worker),
    Check("stalled_jobs", "止まった仕事", find_stalled_jobs),
    Check("waiting_jobs", "待っている仕事", find_waiting_jobs),
    Check("failed_jobs", "失敗した仕事", find_failed_jobs),
)
