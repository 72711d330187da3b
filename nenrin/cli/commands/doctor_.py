"""`nenrin doctor`: what is wrong and what to do; 1 if anything is."""

import argparse
import json
import os

from rich.console import Console
from rich.progress import Progress

from config.environment import environment
from nenrin.cli.main import CommandRefused, connect_database
from nenrin.cli.stack import address_file, is_running, rehearsal_addresses
from nenrin.core.operations.doctor.contract import Finding, checks
from nenrin.core.operations.doctor.examine import Examined, examine
from nenrin.core.operations.doctor.machine import MACHINE_CHECKS
from nenrin.rehearsal.agreed import STAND_IN_SECRETS


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--json", action="store_true", help="結果をJSONで出す")


def run(arguments: argparse.Namespace) -> int:
    """Look at everything; a database that does not answer is a finding too."""
    _know_the_stand_ins()
    examined = _examine()
    if arguments.json:
        print(json.dumps([_as_json(one) for one in examined], ensure_ascii=False, indent=1))
    else:
        for one in examined:
            _show(one)
    return 1 if any(one.findings for one in examined) else 0


def _know_the_stand_ins() -> None:
    """The demo's parts were given these secrets; this command would miss them."""
    folder = environment.state_dir
    if address_file(folder).exists() and is_running(rehearsal_addresses(folder)):
        for name, value in STAND_IN_SECRETS.items():
            os.environ.setdefault(name, value)


def _examine() -> list[Examined]:
    try:
        connect_database()
    except CommandRefused as refusal:
        finding = Finding(str(refusal), "データベースを動かしてから、もう一度試してください。")
        return [Examined("database", "データベース", (finding,)), *examine(MACHINE_CHECKS)]
    with Progress(console=Console(stderr=True), transient=True) as bar:
        return list(bar.track(examine(checks), total=len(checks), description="見ています"))


def _as_json(one: Examined) -> dict[str, object]:
    found = [{"what": finding.what, "do": finding.do} for finding in one.findings]
    return {"check": one.key, "label": one.label, "ok": not one.findings, "findings": found}


def _show(one: Examined) -> None:
    if not one.findings:
        print(f"○ {one.label}")
    for finding in one.findings:
        print(f"× {one.label}: {finding.what}")
        print(f"  → {finding.do}")
