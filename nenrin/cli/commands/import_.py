"""`nenrin import households FILE`: a dry run unless --apply is given."""

import argparse
from pathlib import Path

from config.environment import environment
from nenrin.cli.main import CommandRefused
from nenrin.core.people.household_csv import CsvRefused
from nenrin.core.people.services.apply_import import ImportRefused, apply_import
from nenrin.core.people.services.plan_import import ImportPlan, plan_import
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope

SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("what", choices=["households"], help="世帯")
    parser.add_argument("file", type=Path, metavar="FILE", help="住民システムから出したCSV")
    parser.add_argument("--town", default=environment.default_town, help="町のコード")
    parser.add_argument("--apply", action="store_true", help="取り込む（なければ見るだけ）")
    parser.add_argument("--allow-many-leaving", action="store_true", help="多くの転出を許す")


def run(arguments: argparse.Namespace) -> int:
    """Show what would change; with --apply, change it. 1 if lines must be mended."""
    if not Town.objects.filter(code=arguments.town).exists():
        raise CommandRefused(
            f"町 {arguments.town} がありません。nenrin town list で確かめてください。"
        )
    try:
        data = arguments.file.read_bytes()
        with town_scope(arguments.town):
            plan = plan_import(data=data)
            _show(plan)
            if arguments.apply:
                apply_import(
                    plan=plan,
                    acting_user="nenrin import",
                    allow_many_leaving=arguments.allow_many_leaving,
                )
    except OSError as error:
        raise CommandRefused(f"{arguments.file} が読めません。{_trouble(error)}") from error
    except (CsvRefused, ImportRefused) as error:
        raise CommandRefused(str(error)) from error
    if plan.bad_rows:
        print(f"直すところ: {len(plan.bad_rows):,}。何も取り込んでいません。直してもう一度どうぞ。")
        return 1
    print(
        "取り込みました。" if arguments.apply else "見ただけです。取り込むには --apply をつけます。"
    )
    return 0


def _trouble(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "ファイルがありません。場所と名前を確かめてください。"
    if isinstance(error, IsADirectoryError):
        return "フォルダーです。中のCSVファイルを指してください。"
    if isinstance(error, PermissionError):
        return "読む権限がありません。"
    return error.strerror or type(error).__name__


def _show(plan: ImportPlan) -> None:
    groups = (("加わる人", plan.added), ("変わる人", plan.changed), ("転出する人", plan.moved_away))
    for title, numbers in groups:
        print(f"{title}: {len(numbers):,}")
        if 0 < len(numbers) <= SHOWN:
            print("  住民番号 " + "、".join(numbers))
    print(f"変わらない人: {plan.unchanged:,}")
    for bad in plan.bad_rows:
        print(f"  {bad.line} 行目: {bad.reason}")
