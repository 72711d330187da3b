"""nginx from Debian, for the length of a measurement."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figure import Skipped
from bench.machine import debian

TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
START_SECONDS = 60


def nginx() -> Path:
    """The program; raises Skipped where it cannot be had."""
    return debian.program("nginx", "nginx")


def version() -> str:
    """What the program says of itself."""
    done = subprocess.run([nginx(), "-v"], capture_output=True, text=True, check=False)
    return done.stderr.strip().rpartition("/")[2]


@contextmanager
def serving(folder: Path, server: str) -> Iterator[int]:
    """Run nginx with one server block for the length of the context; gives its port.

    ``server`` is the block's content, in which PORT stands for the port.
    """
    program, port = nginx(), free_port()
    paths = "\n".join(f"  {name}_temp_path {folder}/{name};" for name in TEMPORARY)
    content = server.replace("PORT", str(port))
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"daemon off;\n{'user root;' if os.geteuid() == 0 else ''}\nworker_processes 1;\n"
        f"worker_rlimit_nofile 60000;\npid {folder}/nginx.pid;\nerror_log stderr error;\n"
        "events { worker_connections 20000; }\nhttp {\n  access_log off;\n"
        f"  keepalive_requests 100000000;\n  http2_max_concurrent_streams 128;\n{paths}\n"
        f"  server {{\n{content}\n  }}\n}}\n",
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [program, "-e", "stderr", "-p", folder, "-c", configuration], stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Return when something listens; raises Skipped when it does not come up."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise Skipped("比べる相手のサーバーが動き出しません")
