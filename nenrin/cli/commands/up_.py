"""`nenrin up`: everything on this machine, with the demo town and one drill."""

import argparse
import signal
import sys
from types import FrameType

from rich.console import Console

from config.environment import environment
from nenrin.cli.commands.migrate_ import migrate
from nenrin.cli.drill_report import print_result, progress_bar
from nenrin.cli.drill_run import default_telegram, run_drill
from nenrin.cli.install import install_demo
from nenrin.cli.stack import SEED, Addresses, build_stack, rehearsal_addresses, wait_until_ready
from nenrin.core.database import embedded
from nenrin.demo.services.load_staff import demo_sign_ins
from nenrin.demo.shape import KANEYAMA, SMALL

DRILL_SECONDS = 30.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--once", action="store_true", help="訓練が終わったら止まる")
    parser.add_argument("--no-drill", action="store_true", help="訓練をしない")
    parser.add_argument("--small", action="store_true", help="60世帯だけの小さな町にする")


def run(arguments: argparse.Namespace) -> int:
    """Run until Ctrl-C, or with --once until the drill is over."""
    console = Console()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    addresses = rehearsal_addresses(environment.state_dir)
    console.print("データベースを用意しています…")
    migrate()
    shape = SMALL if arguments.small else KANEYAMA
    households = install_demo(environment.state_dir, addresses, shape=shape)
    supervisor = build_stack(environment, addresses)
    supervisor.start()
    try:
        wait_until_ready(addresses, supervisor)
        _print_addresses(console, addresses, households)
        if not arguments.no_drill:
            _drill(console)
        if not arguments.once:
            console.print("\n動いています。止めるときは Ctrl-C。")
            supervisor.watch(lambda: False)
    except KeyboardInterrupt:
        console.print("\n止めています…")
    finally:
        supervisor.stop()
        if not environment.database_url:
            embedded.stop(environment.state_dir)
    return 0


def _drill(console: Console) -> None:
    telegram = default_telegram()
    console.print(f"\n訓練をします（{telegram.name}）…")
    with progress_bar(console) as progress:
        result = run_drill(
            town=environment.default_town,
            telegram=telegram,
            seconds=DRILL_SECONDS,
            progress=progress,
        )
    print_result(console, result)


def _print_addresses(console: Console, addresses: Addresses, households: int) -> None:
    console.print(f"\n作りものの金山町（{households:,} 世帯）が動いています。")
    console.print(f"  町民のページ  {addresses.web_url}/")
    console.print(f"  職員のページ  {addresses.web_url}/staff/")
    console.print(f"  タブレット    {addresses.web_url}/tablet")
    console.print("\n職員のサインイン（作りもの）")
    for sign_in in demo_sign_ins(SEED):
        console.print(f"  {sign_in.name}: {sign_in.email}  パスワード {sign_in.password}")
        console.print(f"    二段階認証の、いまの番号: nenrin staff code {sign_in.email}")
    sys.stdout.flush()


def _interrupt(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
