"""`nenrin up`: everything on this machine, with the demo town and one drill.

This process stays light: whatever needs Django runs as a command of its own and ends.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from types import FrameType

from config.environment import environment
from nenrin.cli.main import CommandRefused
from nenrin.cli.stack import Addresses, build_stack, rehearsal_addresses, wait_until_ready
from nenrin.cli.supervisor import Supervisor
from nenrin.core.database import embedded
from nenrin.core.database.embedded import EmbeddedDatabaseError

DRILL_SECONDS = "30"
REVIVE_SECONDS = 5.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--once", action="store_true", help="訓練が終わったら止まる")
    parser.add_argument("--no-drill", action="store_true", help="訓練をしない")
    parser.add_argument("--small", action="store_true", help="60世帯だけの小さな町にする")


def run(arguments: argparse.Namespace) -> int:
    """Run until Ctrl-C, or with --once until the drill is over; 1 if the drill failed."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    addresses = rehearsal_addresses(environment.state_dir)
    print("データベースと作りものの町を用意しています…", flush=True)
    try:
        _require("demo", *(["--small"] if arguments.small else []))
        return _serve(arguments, addresses)
    except KeyboardInterrupt:
        print("\n止めています…", flush=True)
        return 0
    finally:
        if not environment.database_url:
            embedded.stop(environment.state_dir)


def _serve(arguments: argparse.Namespace, addresses: Addresses) -> int:
    supervisor = build_stack(environment, addresses)
    supervisor.start()
    try:
        wait_until_ready(addresses, supervisor)
        _print_addresses(addresses)
        status = 0 if arguments.no_drill else _drill(supervisor)
        if not arguments.once:
            print("\n動いています。止めるときは Ctrl-C。", flush=True)
            supervisor.watch(_revive_database)
        return status
    finally:
        supervisor.stop()


def _drill(supervisor: Supervisor) -> int:
    """One drill, while the parts are watched like at any other time."""
    words = _words("drill", "--seconds", DRILL_SECONDS)
    with subprocess.Popen(words, env=_child_environment()) as drill:  # noqa: S603
        try:
            supervisor.watch(lambda: _revive_database() or drill.poll() is not None)
        except BaseException:
            drill.kill()
            raise
    return drill.returncode


def _revive_database() -> bool:
    """Start a database that died; never ends the watch. While it cannot start, it is tried on."""
    if not environment.database_url and embedded.has_died(environment.state_dir):
        print("データベースが止まったので、動かし直します。", file=sys.stderr, flush=True)
        try:
            embedded.start(environment.state_dir)
        except EmbeddedDatabaseError as error:
            print(str(error).splitlines()[0], file=sys.stderr, flush=True)
            time.sleep(REVIVE_SECONDS)
    return False


def _words(*words: str) -> list[str]:
    return [sys.executable, "-m", "nenrin.cli", *words]


def _child_environment() -> dict[str, str]:
    shared = {"NENRIN_REHEARSAL": "true", "NENRIN_STATE_DIR": str(environment.state_dir.resolve())}
    return os.environ | shared


def _require(*words: str) -> None:
    if subprocess.run(_words(*words), env=_child_environment(), check=False).returncode:  # noqa: S603
        raise CommandRefused(f"nenrin {' '.join(words)} ができませんでした。上の文を見てください。")


def _print_addresses(addresses: Addresses) -> None:
    print("\n動いているもの")
    print(f"  町民のページ  {addresses.web_url}/")
    print(f"  職員のページ  {addresses.web_url}/staff/")
    print(f"  タブレット    {addresses.web_url}/tablet\n", flush=True)


def _interrupt(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
