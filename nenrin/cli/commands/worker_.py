"""`nenrin worker`: carries out jobs and the periodic work; any number may run."""

import argparse
import logging
import sys

from procrastinate.contrib.django import app


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--concurrency", type=int, default=8, help="同時にする仕事の数")


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop; jobs in hand are finished first."""
    # Many short conversations share one interpreter: a waiting one gets its turn ten times sooner.
    sys.setswitchinterval(0.0005)
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    # Tasks keep deferring through Django's own connection, so a job commits with its data; only
    # the worker itself reads the queue through this second, asynchronous connector.
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    app.with_connector(connector).run_worker(
        concurrency=arguments.concurrency,
        delete_jobs="successful",
        fetch_job_polling_interval=2.0,
        shutdown_graceful_timeout=20,
    )
    return 0
