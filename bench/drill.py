"""A drill for the whole demo town: telegram read to last hand-over of the first rung."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figure import Figure, Skipped
from nenrin.core.database import embedded

NENRIN = [sys.executable, "-m", "nenrin.cli"]
START_SECONDS = 60
TARGET_MS = 2000.0


def measure() -> Figure:
    """Milliseconds of the second drill of a fresh stack, beside the target of 2 s."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"NENRIN_STATE_DIR": folder}
        log = Path(folder) / "up.log"
        with log.open("wb") as output:
            up = subprocess.Popen(
                [*NENRIN, "up", "--no-drill"], env=environment, stdout=output, stderr=output
            )
        try:
            _wait(log)
            times = [_drill(environment) for _ in range(2)]
        finally:
            up.send_signal(signal.SIGINT)
            up.wait(40)
            embedded.stop(Path(folder), mode="immediate")
    return Figure("drill", float(times[-1]), "ms", {"target": TARGET_MS})


def _wait(log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "動いています。" not in log.read_text():
        if time.monotonic() > deadline:
            raise Skipped(f"動き出しません: {log.read_text()[-300:]}")
        time.sleep(0.2)


def _drill(environment: dict[str, str]) -> int:
    done = subprocess.run(
        [*NENRIN, "drill", "--json", "--seconds", "20"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(json.loads(done.stdout)["last_sent_ms"])
