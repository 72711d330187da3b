"""`nenrin worker`: carries out jobs and the periodic work; any number may run."""

import argparse
import asyncio
import logging
import sys
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from config.databases import pool_connections
from nenrin.core.jobs.tasks import HEARTBEAT_EVERY
from nenrin.core.memory.loaded import keep_what_is_loaded
from nenrin.core.messaging.transports.contract import transports


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
    pool_connections(connections.settings["default"], size=4, patience=60.0)
    keep_what_is_loaded()
    asyncio.run(_work(arguments.concurrency))
    return 0


async def _work(concurrency: int) -> None:
    # Python's own pool has fewer threads than jobs on a small machine; one job would wait unseen.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(concurrency + 2))
    # Tasks keep deferring through Django's own connection, so a job commits with its data; only
    # the worker itself reads the queue through this second, asynchronous connector.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=2)
    working = app.with_connector(connector)
    async with working.open_async():
        await working.run_worker_async(
            concurrency=concurrency,
            delete_jobs="successful",
            fetch_job_polling_interval=1.0,
            shutdown_graceful_timeout=20,
            update_heartbeat_interval=HEARTBEAT_EVERY,
        )
