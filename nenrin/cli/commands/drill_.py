"""`nenrin drill`: the whole river, with a telegram marked 訓練."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from rich.console import Console

from config.environment import environment
from nenrin.cli.commands.migrate_ import migrate
from nenrin.cli.drill_report import as_json, print_result, progress_bar
from nenrin.cli.drill_run import default_telegram, run_drill
from nenrin.cli.install import install_demo
from nenrin.cli.main import CommandRefused
from nenrin.cli.stack import (
    build_stack,
    is_running,
    rehearsal_addresses,
    wait_until_ready,
)
from nenrin.core.people.models import Household
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope

DEFAULT_SECONDS = 45.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--telegram", type=Path, help="電文（XML）。なければ付属のもの")
    parser.add_argument("--town", default=environment.default_town, help="町のコード（6桁）")
    parser.add_argument("--seconds", type=float, default=DEFAULT_SECONDS, help="待つ長さの上限")
    parser.add_argument("--json", action="store_true", help="結果をJSONで出す")


def run(arguments: argparse.Namespace) -> int:
    """Run a drill in a demo town; starts what it needs where nothing runs yet."""
    console = Console(stderr=arguments.json)
    migrate()
    with _running_stack(console):
        _check_town(arguments.town)
        with progress_bar(console) as progress:
            result = run_drill(
                town=arguments.town,
                telegram=arguments.telegram or default_telegram(),
                seconds=arguments.seconds,
                progress=progress,
            )
    if arguments.json:
        print(json.dumps(as_json(result), ensure_ascii=False))
    else:
        print_result(console, result)
    return 0


def _check_town(code: str) -> None:
    if not Town.objects.filter(code=code).exists():
        raise CommandRefused(f"町 {code} がありません。nenrin town list で確かめてください。")
    with town_scope(code):
        if not Household.objects.exists():
            raise CommandRefused(
                f"町 {code} に世帯がありません。nenrin demo か nenrin import で入れてください。"
            )


@contextmanager
def _running_stack(console: Console) -> Iterator[None]:
    addresses = rehearsal_addresses(environment.state_dir)
    if is_running(addresses):
        with nullcontext():
            yield
        return
    if not environment.database_url or environment.rehearsal:
        install_demo(environment.state_dir, addresses)
    supervisor = build_stack(environment.state_dir, environment.default_town, addresses)
    console.print("動いているしくみがないので、訓練のあいだだけ動かします。")
    supervisor.start()
    try:
        wait_until_ready(addresses, supervisor)
        yield
    finally:
        supervisor.stop()
