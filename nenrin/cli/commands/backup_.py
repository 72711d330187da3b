"""`nenrin backup FILE`: everything of this installation in one encrypted file."""

import argparse
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from rich.console import Console

from nenrin.cli.main import CommandRefused
from nenrin.cli.passphrase import add_passphrase_argument, read_passphrase
from nenrin.core.operations.backup.errors import BackupError
from nenrin.core.operations.backup.write_backup import Source, check_passphrase, write_backup
from nenrin.core.operations.owner import owner_connection


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="作るファイル")
    add_passphrase_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the backup while the system goes on working."""
    console = Console(stderr=True)
    try:
        passphrase = check_passphrase(read_passphrase(arguments, twice=True))
        with owner_connection() as connection, console.status("バックアップ") as status:
            folder = settings.NENRIN.state_dir.resolve()
            source = Source(connection, folder, settings.SECRET_KEY, version("nenrin"))
            held = write_backup(
                source, arguments.file, passphrase, lambda at: status.update(f"バックアップ {at}")
            )
    except BackupError as error:
        raise CommandRefused(str(error)) from error
    except OSError as error:
        raise CommandRefused(f"{arguments.file} に書けません: {error.strerror}") from error
    size, rows = arguments.file.stat().st_size / 1024 / 1024, sum(held.rows.values())
    print(f"{arguments.file} を作りました（{size:,.2f} MB）。")
    print(f"{len(held.rows)} の表の {rows:,} 行、ファイル {held.files:,}。")
    print(f"確かめるには: nenrin restore {arguments.file} --check")
    return 0
