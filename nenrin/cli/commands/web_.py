"""`nenrin web`: the web server alone; any number may run on any number of machines."""

import argparse
import os
import sys


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="待ち受けるアドレス")
    parser.add_argument("--port", type=int, default=8000, help="待ち受けるポート")
    parser.add_argument("--workers", type=int, default=1, help="プロセスの数")


def run(arguments: argparse.Namespace) -> int:
    """Become Granian."""
    command = web_command(arguments.host, arguments.port, arguments.workers)
    os.execv(command[0], command)  # noqa: S606
    return 0


def web_command(host: str, port: int, workers: int = 1) -> list[str]:
    """Granian's command line. Its default back-pressure would hang at 4,096 streams."""
    return [
        sys.executable, "-m", "granian", "config.asgi:application",
        "--interface", "asginl", "--host", host, "--port", str(port),
        "--workers", str(workers),
        "--backlog", "20000", "--backpressure", "20000",
        "--workers-kill-timeout", "2", "--respawn-failed-workers",
        "--no-ws", "--log-level", "warning",
    ]  # fmt: skip
