"""Restore a backup into an empty place: everything, or nothing."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connections
from psycopg import Connection

from nenrin.core.tenancy.services.prepare_schema import OWNER_ALIAS

from .entries import END, Entry, read_entries
from .errors import BackupDamaged, BackupError
from .folders import begin_folder, put_in_place, write_state_file
from .schema import make_bare, migrate_to, require_known, require_no_town
from .sealing import SealedReader
from .tables import load_rows, loading, set_sequences

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Target:
    """Where a backup goes: an owner's connection to a database without a town, and a folder."""

    connection: Connection[Any]
    state_dir: Path


@dataclass
class Restored:
    """What was in the backup."""

    made_at: str = ""
    release: str = ""
    secret_key: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0


@contextmanager
def open_backup(path: Path, passphrase: str) -> Iterator[Iterator[Entry]]:
    """The entries of a backup; raises BackupError, also for a file that cannot be read."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(f"{path} が読めません: {error.strerror}") from error
    with file:
        yield read_entries(io.BufferedReader(SealedReader(file, passphrase)))


def check_backup(path: Path, passphrase: str, tell: Tell) -> Restored:
    """Read the whole file, prove every byte, and write nothing."""
    found = Restored()
    with open_backup(path, passphrase) as entries:
        _read_about(entries, found)
        for entry in entries:
            tell(str(entry.description.get("name", "")))
            if entry.kind == "table":
                rows = sum(piece.count(b"\n") for piece in entry.content)
                found.rows[entry.description["name"]] = rows
            found.files += entry.kind == "file"
            if entry.kind == END:
                _require_whole(entry, found)
    return found


def restore_backup(target: Target, path: Path, passphrase: str, tell: Tell) -> Restored:
    """Load rows, files and key; the schema is then that of the backup: migrate afterwards.

    Files are put in place in the last moment before the rows are committed. Raises BackupError;
    after any failure the database has no town and the restore can be tried again.
    """
    found = Restored()
    require_no_town(target.connection)
    with open_backup(path, passphrase) as entries:
        migrations = _read_about(entries, found)
        require_known(migrations, OWNER_ALIAS)
        make_bare(target.connection)
        migrate_to(migrations, OWNER_ALIAS)
        connections[OWNER_ALIAS].close()
        folder = begin_folder(target.state_dir)
        with loading(target.connection):
            for entry in entries:
                _take(entry, target.connection, folder, found)
                tell(str(entry.description.get("name", "")))
            write_state_file(folder, "secret-key", [found.secret_key.encode()], 0o600)
            put_in_place(folder, target.state_dir)
    return found


def _read_about(entries: Iterator[Entry], found: Restored) -> list[tuple[str, str]]:
    entry = next(entries)
    if entry.kind != "about":
        raise BackupDamaged("バックアップの中身が読めません。")
    about = json.loads(b"".join(entry.content))
    found.made_at, found.release = about["made_at"], about["release"]
    return [(app, name) for app, name in about["migrations"]]


def _take(entry: Entry, connection: Connection[Any], folder: Path, found: Restored) -> None:
    about = entry.description
    if entry.kind == "table":
        found.rows[about["name"]] = load_rows(
            connection, about["name"], about["columns"], entry.content
        )
    elif entry.kind == "sequences":
        set_sequences(connection, json.loads(b"".join(entry.content)))
    elif entry.kind == "secret-key":
        found.secret_key = b"".join(entry.content).decode()
    elif entry.kind == "file":
        write_state_file(folder, about["name"], entry.content, int(about["mode"]))
        found.files += 1
    elif entry.kind == END:
        _require_whole(entry, found)


def _require_whole(entry: Entry, found: Restored) -> None:
    held = json.loads(b"".join(entry.content))
    if held["rows"] != found.rows or held["files"] != found.files:
        raise BackupDamaged("バックアップの行の数が合いません。別のバックアップを使ってください。")
