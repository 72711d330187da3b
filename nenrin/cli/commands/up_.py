"""`nenrin up`: everything on this machine, with the demo town and one drill.

This process stays light: whatever needs Django, or the library that reads the environment, runs as
a command of its own and ends.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

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
    here = _installation()
    print("データベースと作りものの町を用意しています…", flush=True)
    try:
        _require(here, "demo", *(["--small"] if arguments.small else []))
        return _serve(arguments, here)
    except KeyboardInterrupt:
        print("\n止めています…", flush=True)
        return 0
    finally:
        if here.has_own_database:
            embedded.stop(here.state_dir)


@dataclass(frozen=True)
class Installation:
    """What this process has to know of the environment."""

    state_dir: Path
    town: str
    has_own_database: bool

    @property
    def environment(self) -> dict[str, str]:
        """For the commands that this one runs."""
        shared = {"NENRIN_REHEARSAL": "true", "NENRIN_STATE_DIR": str(self.state_dir.resolve())}
        return os.environ | shared

    def revive_database(self) -> bool:
        """Start a database that died, and try on while it cannot start; never ends the watch."""
        if not self.has_own_database or not embedded.has_died(self.state_dir):
            return False
        print("データベースが止まったので、動かし直します。", file=sys.stderr, flush=True)
        try:
            embedded.start(self.state_dir)
        except EmbeddedDatabaseError as error:
            print(str(error).splitlines()[0], file=sys.stderr, flush=True)
            time.sleep(REVIVE_SECONDS)
        return False


def _installation() -> Installation:
    command = [sys.executable, "-m", "config.environment"]
    asked = subprocess.run(command, stdout=subprocess.PIPE, check=False)  # noqa: S603
    if asked.returncode:
        raise CommandRefused("環境変数に誤りがあります。上の文に出ている名前を直してください。")
    told = json.loads(asked.stdout)
    return Installation(Path(told["state_dir"]), told["default_town"], not told["database_url"])


def _serve(arguments: argparse.Namespace, here: Installation) -> int:
    addresses = rehearsal_addresses(here.state_dir)
    supervisor = build_stack(here.state_dir, here.town, addresses)
    supervisor.start()
    try:
        wait_until_ready(addresses, supervisor)
        _print_addresses(addresses)
        status = 0 if arguments.no_drill else _drill(supervisor, here)
        if not arguments.once:
            print("\n動いています。止めるときは Ctrl-C。", flush=True)
            supervisor.watch(here.revive_database)
        return status
    finally:
        supervisor.stop()


def _drill(supervisor: Supervisor, here: Installation) -> int:
    """One drill, while the parts are watched like at any other time."""
    words = _words("drill", "--seconds", DRILL_SECONDS)
    with subprocess.Popen(words, env=here.environment) as drill:  # noqa: S603
        try:
            supervisor.watch(lambda: here.revive_database() or drill.poll() is not None)
        except BaseException:
            drill.kill()
            raise
    return drill.returncode


def _words(*words: str) -> list[str]:
    return [sys.executable, "-m", "nenrin.cli", *words]


def _require(here: Installation, *words: str) -> None:
    if subprocess.run(_words(*words), env=here.environment, check=False).returncode:  # noqa: S603
        raise CommandRefused(f"nenrin {' '.join(words)} ができませんでした。上の文を見てください。")


def _print_addresses(addresses: Addresses) -> None:
    print("\n動いているもの")
    print(f"  町民のページ  {addresses.web_url}/")
    print(f"  職員のページ  {addresses.web_url}/staff/")
    print(f"  タブレット    {addresses.web_url}/tablet\n", flush=True)


def _interrupt(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
