"""A real rehearsal on free ports, and the two ends it talks to."""

import contextlib
import http.client
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

SEED = "a test seed"


class Answer(NamedTuple):
    """Status, headers (lower case) and body of a response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Rehearsal:
    """The running process and how to reach it."""

    process: subprocess.Popen[str]
    port: int
    smtp_port: int
    state_dir: Path
    context: ssl.SSLContext = field(init=False)

    def __post_init__(self) -> None:
        self.context = ssl.create_default_context(cafile=str(self.state_dir / "ca.pem"))

    @property
    def origin(self) -> str:
        return f"https://localhost:{self.port}"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 5,
    ) -> Answer:
        connection = http.client.HTTPSConnection(
            "localhost", self.port, context=self.context, timeout=timeout
        )
        with contextlib.closing(connection):
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, names, response.read())

    def post_json(self, path: str, content: object, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        fields = {"content-type": "application/json", **named}
        return self.ask("POST", path, json.dumps(content), fields)

    def log(self, provider: str = "") -> Any:
        return self.ask("GET", f"/log/{provider}".rstrip("/")).json

    def fail(self, provider: str, **fault: object) -> None:
        assert self.post_json(f"/faults/{provider}", fault).status == 204

    def heal(self) -> None:
        """Lift every fault and forget every count."""
        for provider in ("push", "line", "sms", "voice", "mail"):
            self.fail(provider, mode="ok")
            self.ask("DELETE", f"/log/{provider}")


class Receipts:
    """An application's receipt address on loopback, which may fail first."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str]]] = []
        self.failures: list[int] = []
        receipts = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status = receipts.failures.pop() if receipts.failures else 204
                if status == 204:
                    receipts.got.append((self.path, dict(parse_qsl(form))))
                self.send_response(status)
                if status != 204:
                    self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            request_queue_size = 64

        self._server = Server(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def states(self, token: str) -> list[str]:
        return [form["state"] for path, form in self.got if path == f"/r/{token}"]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running(state_dir: Path, *options: str) -> Iterator[Rehearsal]:
    """Start the command, wait for its word that it serves, end it by its id."""
    port, smtp_port = free_port(), free_port()
    command = [sys.executable, "-m", "nenrin.rehearsal", "--port", str(port)]
    command += ["--smtp-port", str(smtp_port), "--state-dir", str(state_dir)]
    command += ["--seed", SEED, "--speed", "100000", *options]
    environment = {**os.environ, "NENRIN_REHEARSAL_FAULTS": "{}"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("rehearsal: providers https://127.0.0.1")
        yield Rehearsal(process, port, smtp_port, state_dir)
    finally:
        process.terminate()
        process.wait(timeout=10)


def eventually(true: Callable[[], bool], within_s: float = 5.0) -> None:
    """Wait until it holds; fails when it never does."""
    until = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.01)
