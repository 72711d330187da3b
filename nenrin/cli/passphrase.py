"""The passphrase of a backup: from a key file, the environment or the keyboard, never an argument.

An argument would stand in the list of processes and in the shell's history.
"""

import argparse
import getpass
import os
import sys
from pathlib import Path

from nenrin.cli.main import CommandRefused

VARIABLE = "NENRIN_BACKUP_PASSPHRASE"


def add_passphrase_argument(parser: argparse.ArgumentParser) -> None:
    """Describe where the passphrase comes from."""
    parser.add_argument(
        "--key-file", type=Path, help=f"合言葉のファイル。なければ環境変数 {VARIABLE}"
    )


def read_passphrase(arguments: argparse.Namespace, *, twice: bool = False) -> str:
    """The passphrase; asks at a terminal when it is nowhere else. Raises CommandRefused."""
    if arguments.key_file:
        try:
            return str(arguments.key_file.read_text(encoding="utf-8").strip())
        except (OSError, UnicodeDecodeError) as error:
            raise CommandRefused(f"合言葉のファイル {arguments.key_file} が読めません。") from error
    if given := os.environ.get(VARIABLE, ""):
        return given
    if not sys.stdin.isatty():
        raise CommandRefused(f"合言葉がありません。環境変数 {VARIABLE} か --key-file で渡します。")
    typed = getpass.getpass("合言葉: ")
    if twice and getpass.getpass("もう一度: ") != typed:
        raise CommandRefused("二つの合言葉が違います。")
    return typed
