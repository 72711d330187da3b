"""`nenrin worker`: carries out jobs and the periodic work; any number may run."""

import argparse
import asyncio
import logging
import sys
from concurrent.futures import ThreadPoolExecutor

from procrastinate.contrib.django import app

from nenrin.core.jobs.tasks import HEARTBEAT_EVERY
from nenrin.core.messaging.transports.contract import transports
from nenrin.core.operations.memory import keep_what_is_loaded


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--concurrency", type=int, default=8, help="同時にする仕事の数")


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop; jobs in hand are finished first."""
    # Many short conversations share one interpreter: a waiting one gets its turn ten times sooner.
    sys.setswitchinterval(0.0005)
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    for transport in transports:
        transport.get_ready()
    keep_what_is_loaded()
    asyncio.run(_work(arguments.concurrency))
    return 0


async def _work(concurrency: int) -> None:
    # Python's own pool has fewer threads than jobs on a small machine; one job would wait unseen.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(concurrency + 2))
    # Tasks keep deferring through Django's own connection, so a job commits with its data; only
    # the worker itself reads the queue through this second, asynchronous connector.
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    working = app.with_connector(connector)
    async with working.open_async():
        await working.run_worker_async(
            concurrency=concurrency,
            delete_jobs="successful",
            fetch_job_polling_interval=1.0,
            shutdown_graceful_timeout=20,
            update_heartbeat_interval=HEARTBEAT_EVERY,
        )
