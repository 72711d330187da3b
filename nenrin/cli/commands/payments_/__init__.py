"""`nenrin payments reconcile | use | list`: the day's comparison, and a town's providers."""

import argparse
from datetime import date

from config.environment import environment
from nenrin.cli.main import CommandRefused
from nenrin.core.tenancy.models import Town

from .reconcile import reconcile
from .use import show, use

ACTIONS = {"reconcile": reconcile, "use": use, "list": show}


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    actions = parser.add_subparsers(dest="action", required=True)
    compare = actions.add_parser("reconcile", help="事業者の報告と突き合わせる")
    compare.add_argument("--date", type=date.fromisoformat, help="日（YYYY-MM-DD）。なければ昨日")
    using = actions.add_parser("use", help="事業者を使い始める・設定を変える・やめる")
    using.add_argument("provider", help="stripe, payjp, paypay, cash, terminal")
    using.add_argument("--set", nargs="*", default=[], metavar="名前=値", help="設定")
    using.add_argument("--off", action="store_true", help="使うのをやめる")
    listing = actions.add_parser("list", help="事業者と、足りない環境変数を見る")
    for one in (compare, using, listing):
        one.add_argument("--town", default=environment.default_town, help="町のコード")


def run(arguments: argparse.Namespace) -> int:
    """1 where something differs or does not answer."""
    if not Town.objects.filter(code=arguments.town).exists():
        known = "nenrin town list で確かめてください。"
        raise CommandRefused(f"町 {arguments.town} がありません。{known}")
    return int(ACTIONS[arguments.action](arguments))
