"""Keeping the job queue itself healthy."""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

logger = logging.getLogger(__name__)
HEARTBEAT_EVERY = 2.0
SILENT_SECONDS = 10
"""A worker that has not been heard of for so long is dead; its jobs are run by others."""


@app.periodic(cron="* * * * * */5")
@app.task(queue="sweep", queueing_lock="jobs.sweep", pass_context=True)
async def retry_jobs_of_dead_workers(context: JobContext, timestamp: int) -> None:
    """Put the jobs of workers that stopped without a word back into the queue.

    Every job here may run twice: deliveries are claimed, events are handled once.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        logger.warning("job %s of a worker that died is tried again", job.id)
        try:
            await manager.retry_job(job)
        except ConnectorException:
            # Its queueing lock is held by a job that already waits and does the same work.
            await manager.finish_job(job, Status.FAILED, delete_job=True)
