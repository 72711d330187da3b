"""`nenrin procedures check`: try every shipped definition, or the files named."""

import argparse
import json
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import track

from nenrin.residents.procedures.catalog import definition_paths
from nenrin.residents.procedures.check import Checked, check_files, summary


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("action", choices=["check"], help="試す")
    parser.add_argument("files", nargs="*", type=Path, help="定義のファイル。なければすべて")
    parser.add_argument("--json", action="store_true", help="合計をJSONで出す")
    parser.add_argument("--all", action="store_true", help="よいものの結果も出す")
    parser.add_argument("--today", type=date.fromisoformat, help="試す日（YYYY-MM-DD）")


def run(arguments: argparse.Namespace) -> int:
    """Print what has to be mended; 1 where a definition could not be published."""
    paths = arguments.files or list(definition_paths())
    # The day of the machine is good enough to try with; nothing is stored.
    day = arguments.today or date.today()
    console = Console(stderr=True)
    checking = check_files(paths, day)
    rows = list(
        track(checking, "手続きを試しています", total=len(paths), console=console, transient=True)
    )
    figures = summary(rows)
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        _show(rows, arguments.all)
        print(
            f"{figures['total']} の手続きのうち、公開できるもの {figures['published']}、"
            f"最後まで作り込んだもの {figures['complete']}。"
            f"{figures['cases']:,} 通りの答えで {figures['paths']:,} の道すじを通りました。"
        )
    return 0 if figures["published"] == figures["total"] else 1


def _show(rows: list[Checked], everything: bool) -> None:
    for row in rows:
        if everything or not row.may_publish:
            print(f"{row.title}（{row.name}）\n{row.report}\n")
