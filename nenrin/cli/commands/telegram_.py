"""`nenrin telegram FILE…`: show what telegrams say."""

import argparse
import json
import sys
from typing import Any

from nenrin.residents.alerts.telegrams.items import describe_files


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="電文（XML）のファイル")
    parser.add_argument("--json", action="store_true", help="1件1行のJSONで出す")


def run(arguments: argparse.Namespace) -> int:
    """Print each telegram; 1 if any could not be read."""
    all_read = True
    for described, was_read in describe_files(arguments.files):
        all_read = all_read and was_read
        if arguments.json:
            print(json.dumps(described, ensure_ascii=False), flush=True)
        else:
            _show(described)
    return 0 if all_read else 1


def _show(described: dict[str, Any]) -> None:
    if "error" in described:
        print(f"{described['file']}: {described['error']}", file=sys.stderr)
        return
    print(f"{described['title']}（{described['status']}・{described['info_type']}）")
    print(f"  {described['report_datetime']}  {len(described['items'])} 件")
    print(f"  {described['headline']}")
