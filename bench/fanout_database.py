"""100,000 deliveries from release to recorded `sent`: everything the database has to do."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.figure import Figure
from nenrin.core.database import embedded

DELIVERIES = 100_000
WORKERS = 2
TARGET_MS = 10_000.0


def measure() -> Figure:
    """Milliseconds from the release's beginning to the last recorded hand-over."""
    found = run(DELIVERIES)
    peers = {
        "target": TARGET_MS,
        "of which planning by INSERT SELECT": found["insert_select_ms"],
        "planning by COPY instead": found["copy_ms"],
    }
    return Figure("fanout_database", found["ms"], "ms", peers)


def run(deliveries: int) -> dict[str, float]:
    """One run with two workers and a database of its own; every figure it found."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"NENRIN_STATE_DIR": folder}
        workers: list[subprocess.Popen[bytes]] = []
        try:
            _part(environment, "prepare", deliveries)
            workers = [subprocess.Popen(_words("work"), env=environment) for _ in range(WORKERS)]
            found = _part(environment, "release", *(worker.pid for worker in workers))
        finally:
            for worker in workers:
                worker.terminate()
                worker.wait(30)
            embedded.stop(Path(folder), mode="immediate")
    return dict(json.loads(found))


def _words(*words: object) -> list[str]:
    return [sys.executable, "-m", "bench.town.fanout_parts", *map(str, words)]


def _part(environment: dict[str, str], *words: object) -> str:
    done = subprocess.run(
        _words(*words), env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]))))
