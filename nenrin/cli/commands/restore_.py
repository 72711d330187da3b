"""`nenrin restore FILE`: a backup into an empty place, or only a look whether it is whole."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import DatabaseError
from rich.console import Console

from nenrin.cli.commands.migrate_ import migrate
from nenrin.cli.main import CommandRefused, connect_database
from nenrin.cli.passphrase import add_passphrase_argument, read_passphrase
from nenrin.core.operations.backup.errors import BackupError
from nenrin.core.operations.backup.restore_backup import (
    Restored,
    Target,
    check_backup,
    restore_backup,
)
from nenrin.core.operations.owner import owner_connection

REAL_SERVER = ("NENRIN_DATABASE_URL", "NENRIN_OWNER_DATABASE_URL")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="バックアップのファイル")
    parser.add_argument(
        "--into", type=Path, metavar="DIR", help="新しい場所（組み込みのデータベースも新しく作る）"
    )
    parser.add_argument("--check", action="store_true", help="戻さず、読めるかを確かめるだけ")
    parser.add_argument("--json", action="store_true", help="--check の結果をJSONで出す")
    add_passphrase_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Restore, then bring the database to this release."""
    passphrase = read_passphrase(arguments)
    try:
        if arguments.check:
            return _check(arguments, passphrase)
        if arguments.into:
            return _restore_elsewhere(arguments, passphrase)
        return _restore(arguments.file, passphrase)
    except BackupError as error:
        raise CommandRefused(str(error)) from error
    except (psycopg.Error, DatabaseError) as error:
        raise CommandRefused(
            f"データベースが受け付けませんでした。何も戻していません。\n{error}"
        ) from error


def _check(arguments: argparse.Namespace, passphrase: str) -> int:
    file = arguments.file
    with Console(stderr=True).status("確かめています") as status:
        found = check_backup(file, passphrase, lambda at: status.update(f"確かめています {at}"))
    if arguments.json:
        shown = {"made_at": found.made_at, "release": found.release}
        print(json.dumps(shown | {"rows": found.rows, "files": found.files}))
    else:
        print(f"{file} は終わりまで読めました。{_contents(found)}")
    return 0


def _restore_elsewhere(arguments: argparse.Namespace, passphrase: str) -> int:
    """Run this command again with the other state folder in its environment."""
    folder = arguments.into.resolve()
    if folder.exists() and any(folder.iterdir()):
        raise CommandRefused(f"{folder} は空ではありません。新しい場所を選んでください。")
    environment = {name: value for name, value in os.environ.items() if name not in REAL_SERVER}
    environment |= {"NENRIN_STATE_DIR": str(folder), "NENRIN_BACKUP_PASSPHRASE": passphrase}
    command = [sys.executable, "-m", "nenrin.cli", "restore", str(arguments.file.resolve())]
    status = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    if status == 0:
        print(f"ここで動かすには: NENRIN_STATE_DIR={folder} nenrin web（と nenrin worker）")
    return status


def _restore(file: Path, passphrase: str) -> int:
    connect_database()
    with (
        owner_connection() as connection,
        Console(stderr=True).status("戻しています") as status,
    ):
        target = Target(connection, settings.NENRIN.state_dir.resolve())
        found = restore_backup(
            target, file, passphrase, lambda at: status.update(f"戻しています {at}")
        )
    migrate()
    print(f"{found.made_at} のバックアップを戻しました。{_contents(found)}")
    given = settings.NENRIN.secret_key
    if given and given != found.secret_key:
        print(
            "注意: NENRIN_SECRET_KEY が、バックアップのときの鍵と違います。"
            "町民に送ったリンクは使えません。環境変数を外すと、戻した鍵を使います。"
        )
    return 0


def _contents(found: Restored) -> str:
    return (
        f"{len(found.rows)} の表の {sum(found.rows.values()):,} 行、ファイル {found.files:,}"
        f"（{found.made_at}、版 {found.release}）。"
    )
