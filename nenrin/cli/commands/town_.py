"""`nenrin town new CODE`, `nenrin town list`."""

import argparse

from nenrin.cli.commands.migrate_ import migrate
from nenrin.cli.install import install_town, own_channels
from nenrin.cli.main import CommandRefused
from nenrin.core.people.models import Household
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope
from nenrin.core.tenancy.services.create_town import TownRefused, known_towns


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    actions = parser.add_subparsers(dest="action", required=True)
    new = actions.add_parser("new", help="町を加える")
    new.add_argument("code", help="全国地方公共団体コード（6桁）。all で新庄最上の8市町村")
    actions.add_parser("list", help="町を見る")


def run(arguments: argparse.Namespace) -> int:
    """Add towns, or list them."""
    migrate()
    if arguments.action == "new":
        _add(list(known_towns()) if arguments.code == "all" else [arguments.code])
    for town in Town.objects.order_by("code"):
        with town_scope(town.code):
            households = Household.objects.filter(left_on=None).count()
        print(f"{town.code} {town.name}  {households:,} 世帯")
    return 0


def _add(codes: list[str]) -> None:
    for code in codes:
        try:
            install_town(code, own_channels())
        except TownRefused as refusal:
            raise CommandRefused(str(refusal)) from refusal
