from datetime import UTC, datetime

import pytest
from django.utils import timezone
from procrastinate.periodic import PeriodicTask

from nenrin.core.jobs.daily import daily
from nenrin.core.jobs.tasks import retry_jobs_of_dead_workers


@pytest.mark.parametrize("at", ["00:00", "08:59", "09:00", "23:59"])
def test_a_time_in_japan_is_met(at):
    task = PeriodicTask(retry_jobs_of_dead_workers, daily(at), "", {})
    assert _next_run(task) == at


def _next_run(task):
    at = datetime.fromtimestamp(task.croniter.get_next(float), UTC)
    return f"{timezone.localtime(at):%H:%M}"
