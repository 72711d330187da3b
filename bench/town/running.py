"""Starting and ending it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.figure import Skipped
from nenrin.core.database import embedded

NENRIN = [sys.executable, "-m", "nenrin.cli"]
START_SECONDS = 90


@dataclass(frozen=True)
class RunningTown:
    """Where it answers, and one household's link to the alert of its drill."""

    url: str
    link: str


@contextmanager
def running_town() -> Iterator[RunningTown]:
    """Start it, hold one drill, and end it by its process id. Raises Skipped."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"NENRIN_STATE_DIR": folder, "NENRIN_REHEARSAL": "true"}
        log = Path(folder) / "up.log"
        with log.open("wb") as output:
            up = subprocess.Popen(
                [*NENRIN, "up", "--no-drill"], env=environment, stdout=output, stderr=output
            )
        try:
            _wait(log)
            _run(environment, *NENRIN, "drill", "--json", "--seconds", "20")
            address, link = _run(environment, sys.executable, "-m", "bench.town.alert_link").split()
            yield RunningTown(address, link)
        finally:
            up.send_signal(signal.SIGINT)
            up.wait(40)
            embedded.stop(Path(folder), mode="immediate")


def _run(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def _wait(log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "動いています。" not in log.read_text():
        if time.monotonic() > deadline:
            raise Skipped(f"動き出しません: {log.read_text()[-300:]}")
        time.sleep(0.2)
