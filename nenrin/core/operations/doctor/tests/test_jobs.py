import pytest
from django.db import connection

from nenrin.core.operations.doctor import jobs

JOB = """
INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at, worker_id)
VALUES ('river', 'a.task', %s, now() + %s::interval, %s) RETURNING id
"""


def _run(query, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchone()[0] if cursor.description else None


def _worker(age):
    query = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)"
    return _run(query + " RETURNING id", [age])


def _found(find):
    return " ".join(finding.what for finding in find())


@pytest.mark.parametrize("check", jobs.JOB_CHECKS[1:], ids=lambda check: check.key)
def test_an_idle_queue_has_no_findings(db, check):
    worker = _worker("1 second")
    _run(JOB, ["doing", "-5 minutes", worker])
    _run(JOB, ["todo", "5 minutes", None])
    assert _found(check.find) == ""


def test_a_worker_that_lives_is_seen_and_one_that_stopped_is_missed(db):
    assert "動いていません" in _found(jobs.find_stopped_worker)
    _worker("2 minutes")
    assert "動いていません" in _found(jobs.find_stopped_worker)
    _worker("2 seconds")
    assert _found(jobs.find_stopped_worker) == ""


def test_the_jobs_of_a_dead_worker_are_counted(db):
    _run(JOB, ["doing", "-5 minutes", _worker("5 minutes")])
    _run(JOB, ["doing", "-5 minutes", None])
    assert "2 件" in _found(jobs.find_stalled_jobs)


def test_jobs_that_nobody_takes_are_counted(db):
    _run(JOB, ["todo", "-10 minutes", None])
    assert "1 件あります（長いもので 600 秒）" in _found(jobs.find_waiting_jobs)


def test_failed_jobs_are_named(db):
    job = _run(JOB, ["failed", "0 minutes", None])
    _run("INSERT INTO procrastinate_events (job_id, type) VALUES (%s, 'failed')", [job])
    assert "a.task 1 件" in _found(jobs.find_failed_jobs)
