"""The payment stand-ins in a process of their own, for tests."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from nenrin.rehearsal.tests.running import free_port


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Where it leads is the test's to see."""


OPENER = urllib.request.build_opener(_Stay)


@dataclass(frozen=True)
class StandIns:
    """Their address, their control, and a payer."""

    base: str

    def control(self, **wish: Any) -> dict[str, Any]:
        """Ask for a mishap (none without words); returns what they know."""
        body = json.dumps(wish).encode()
        with urllib.request.urlopen(f"{self.base}/control", data=body, timeout=10) as answer:
            return dict(json.loads(answer.read()))

    def known(self) -> dict[str, Any]:
        """What they know."""
        with urllib.request.urlopen(f"{self.base}/control", timeout=10) as answer:
            return dict(json.loads(answer.read()))

    def press(self, url: str, act: str) -> str:
        """Press a button of a hosted page; returns where it sends one."""
        body = urllib.parse.urlencode({"act": act}).encode()
        try:
            OPENER.open(url, data=body, timeout=10)
        except urllib.error.HTTPError as answer:
            return str(answer.headers["Location"])
        raise AssertionError("the page leads nowhere")


@contextmanager
def running_stand_ins(town: str = "http://localhost:1", port: int = 0) -> Iterator[StandIns]:
    """Run them meanwhile; webhooks go to ``town``."""
    own = port or free_port()
    words = ["-m", "nenrin.rehearsal.payments", "--port", str(own), "--town", town]
    running = subprocess.Popen([sys.executable, *words])
    made = StandIns(f"http://localhost:{own}")
    try:
        _wait(made, running)
        yield made
    finally:
        running.terminate()
        running.wait(20)


def _wait(made: StandIns, running: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and running.poll() is None:
        try:
            made.known()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the payment stand-ins do not answer")
