"""`nenrin audit verify`: walk each town's chain and name the first altered row."""

import argparse

from nenrin.core.audit.models import AuditEntry
from nenrin.core.audit.selectors import first_altered_entry
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("action", choices=["verify"], help="確かめる")
    parser.add_argument("--town", help="町のコード。なければすべて")


def run(arguments: argparse.Namespace) -> int:
    """Print each town's result; 1 if a row was altered."""
    towns = Town.objects.order_by("code")
    if arguments.town:
        towns = towns.filter(code=arguments.town)
    is_whole = True
    for town in towns:
        with town_scope(town.code):
            altered = first_altered_entry()
            last = AuditEntry.objects.order_by("-sequence").first()
        if altered:
            is_whole = False
            print(f"{town.code} {town.name}: {altered[0]} 行目 — {altered[1]}")
        elif last:
            print(f"{town.code} {town.name}: {last.sequence} 行、最後のハッシュ {last.hash}")
        else:
            print(f"{town.code} {town.name}: 記録はまだありません")
    return 0 if is_whole else 1
