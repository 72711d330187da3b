"""Daily jobs run at the Japanese times of which the guides and the docstrings speak."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicTask

from nenrin.core.jobs.daily import daily
from nenrin.core.jobs.tasks import retry_jobs_of_dead_workers

PROMISED = {
    "03:17": "nenrin.core.files.tasks.erase_what_is_over",
    "03:20": "nenrin.engines.payments.tasks.reconcile_yesterday",
    "03:23": "nenrin.residents.counter.tasks.erase_preparations",
    "17:05": "nenrin.residents.counter.tasks.remind_of_tomorrow",
    "09:23": "nenrin.residents.procedures.tasks.tend_applications",
    "09:26": "nenrin.residents.procedures.tasks.remind_signers",
}


@pytest.mark.parametrize("at", ["00:00", "08:59", "09:00", "23:59"])
def test_a_time_in_japan_is_met(at):
    assert _next_run(PeriodicTask(retry_jobs_of_dead_workers, daily(at), "", {})) == at


def test_each_daily_job_runs_when_it_was_promised():
    tasks = app.periodic_registry.periodic_tasks.values()
    found = [one for one in tasks if one.cron.split()[1].isdigit()]
    assert {_next_run(one): one.task.name for one in found} == PROMISED


def _next_run(task):
    at = datetime.fromtimestamp(task.croniter.get_next(float), UTC)
    return f"{timezone.localtime(at):%H:%M}"
