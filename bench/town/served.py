"""A made-up town in a database of the bench's own, and web servers in front of it.

Importing this module sets Django up: only figures that need a town do.
"""

import atexit
import os
import resource
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import django
import psutil

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
warnings.filterwarnings("ignore", module="platformdirs")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from bench.machine.nginx import free_port, wait_for  # noqa: E402
from config.bootstrap import ensure_database_runs  # noqa: E402
from config.databases import application_url  # noqa: E402
from config.environment import environment  # noqa: E402
from nenrin.cli.commands.web_ import web_command  # noqa: E402
from nenrin.cli.install import install_town, own_channels  # noqa: E402
from nenrin.core.database import embedded  # noqa: E402
from nenrin.core.database.roles import APPLICATION  # noqa: E402
from nenrin.core.tenancy.scope import town_scope  # noqa: E402
from nenrin.core.tenancy.services.prepare_schema import prepare_schema  # noqa: E402
from nenrin.demo.services.load_demo import DemoSource, load_demo_town  # noqa: E402
from nenrin.demo.shape import KANEYAMA  # noqa: E402

CODE = "063614"


@cache
def town() -> str:
    """Make the town once in this run; its database ends with the run."""
    folder = environment.state_dir
    _end(folder)
    ensure_database_runs(environment)
    atexit.register(_end, folder)
    host = str(embedded.socket_directory(folder))
    for alias in ("default", "owner"):
        settings.DATABASES[alias]["HOST"] = host
        connections[alias].settings_dict["HOST"] = host
    prepare_schema(application_role=APPLICATION)
    install_town(CODE, own_channels())
    with town_scope(CODE):
        load_demo_town(source=DemoSource("bench", "https://localhost:1", KANEYAMA))
    return CODE


def _end(folder: Path) -> None:
    connections.close_all()
    embedded.stop(folder, mode="immediate")
    shutil.rmtree(folder / "postgres", ignore_errors=True)


@contextmanager
def web(application: str = "config.asgi:application") -> Iterator["Server"]:
    """Granian with one worker process, as `nenrin web` starts it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    port = free_port()
    command = [
        application if word == "config.asgi:application" else word
        for word in web_command("127.0.0.1", port)
    ]
    with (environment.state_dir / "web.log").open("ab") as log:
        process = subprocess.Popen(command, start_new_session=True, stdout=log, stderr=log)
    try:
        wait_for(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


class Server:
    """A running server: its port, and what it holds in memory."""

    def __init__(self, port: int, pid: int) -> None:
        self.port = port
        self._pid = pid

    def memory_kib(self) -> float:
        """Memory of its processes that no other process shares."""
        parts = [psutil.Process(self._pid), *psutil.Process(self._pid).children(recursive=True)]
        return float(sum(part.memory_full_info().uss for part in parts)) / 1024


def database_address() -> str:
    """Where the application role connects to the bench's database."""
    return application_url(environment)
