"""Write a backup: rows of one moment, the state folder's files, the secret key."""

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg import Connection

from .entries import END, EntryWriter
from .errors import BackupError
from .folders import StateFile, read_pieces, state_files
from .sealing import SealedWriter
from .tables import Table, kept_tables, one_moment, read_rows, sequence_values

SHORTEST_PASSPHRASE = 12

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Source:
    """What is backed up."""

    connection: Connection[Any]
    state_dir: Path
    secret_key: str
    release: str


@dataclass
class Held:
    """What a backup holds."""

    made_at: str = ""
    release: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    vanished: int = 0


def check_passphrase(passphrase: str) -> str:
    """Return it; raises BackupError for one that is soon guessed."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BackupError(f"合言葉は {SHORTEST_PASSPHRASE} 文字以上にしてください。")
    return passphrase


def write_backup(source: Source, target: Path, passphrase: str, tell: Tell) -> Held:
    """Write the file ``target`` (mode 600), whole or not at all.

    Raises BackupError; a file that is there already is left alone.
    """
    if target.exists():
        raise BackupError(f"{target} はもうあります。別の名前にしてください。")
    half = target.with_name(target.name + ".part")
    half.unlink(missing_ok=True)
    try:
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            sealed = SealedWriter(file, passphrase)
            held = _write_entries(source, EntryWriter(sealed), (target, half), tell)
            sealed.finish()
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    return held


def _write_entries(
    source: Source, writer: EntryWriter, own_files: Iterable[Path], tell: Tell
) -> Held:
    held = Held(datetime.now(UTC).isoformat(timespec="seconds"), source.release)
    with one_moment(source.connection):
        writer.whole("about", _about(source, held))
        _write_tables(source.connection, writer, held, tell)
        sequences = json.dumps(sequence_values(source.connection)).encode()
        writer.whole("sequences", sequences)
    writer.whole("secret-key", source.secret_key.encode())
    for file in state_files(source.state_dir, own_files):
        _write_file(file, writer, held)
        tell(f"ファイル {held.files:,}")
    writer.whole(END, json.dumps(vars(held)).encode())
    return held


def _about(source: Source, held: Held) -> bytes:
    migrations = source.connection.execute(
        "SELECT app, name FROM django_migrations ORDER BY id"
    ).fetchall()
    about = {"made_at": held.made_at, "release": source.release, "migrations": migrations}
    return json.dumps(about).encode()


def _write_tables(connection: Connection[Any], writer: EntryWriter, held: Held, tell: Tell) -> None:
    towns = [code for (code,) in connection.execute("SELECT code FROM tenancy_town ORDER BY 1")]
    for table in kept_tables(connection):
        tell(table.name)
        held.rows[table.name] = _write_table(connection, writer, table, towns)


def _write_table(
    connection: Connection[Any], writer: EntryWriter, table: Table, towns: Iterable[str]
) -> int:
    count = 0
    writer.begin("table", name=table.name, columns=table.columns)
    for piece in read_rows(connection, table, towns):
        count += piece.count(b"\n")
        writer.add(piece)
    writer.finish()
    return count


def _write_file(file: StateFile, writer: EntryWriter, held: Held) -> None:
    try:
        mode = file.path.stat().st_mode & 0o777
        pieces = read_pieces(file.path)
        first = next(pieces, b"")
    except FileNotFoundError:
        held.vanished += 1
        return
    writer.begin("file", name=file.name, mode=mode)
    writer.add(first)
    for piece in pieces:
        writer.add(piece)
    writer.finish()
    held.files += 1
