"""Server time (p95) of a resident's home and alert page with the whole demo town.

Beside a bare Django page on the same server software in the same run; target 50 ms.
"""

import http.client
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from bench.figure import Figure
from bench.town.running import running_town

REQUESTS, WARM_UP = 400, 40
TARGET_MS = 50.0


def measure() -> Figure:
    """Milliseconds at the 95th percentile; the figure's own value is the alert page's."""
    with running_town() as town, _bare_page() as bare:
        home, alert, plain = (
            _p95(town.url, "/"),
            _p95(town.url, town.link),
            _p95(bare, "/"),
        )
    peers = {"home": home, "bare Django page": plain, "target": TARGET_MS}
    return Figure("resident alert page, p95", alert, "ms", peers)


def _p95(base: str, path: str) -> float:
    parts = urlsplit(base)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    times = []
    for _ in range(WARM_UP + REQUESTS):
        start = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - start)
        assert answer.status == 200, answer.status
    connection.close()
    return round(statistics.quantiles(times[WARM_UP:], n=20)[-1] * 1000, 1)


@contextmanager
def _bare_page() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "bench.town.bare_page:application"]
    command += ["--interface", "asginl", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen([*command, "--log-level", "error"])
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)
