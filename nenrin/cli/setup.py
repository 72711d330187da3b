"""What a command needs before it runs: a database that answers, and Django."""

from collections.abc import Iterator
from contextlib import contextmanager

import django
import psycopg
from django.db import OperationalError

from config.bootstrap import ensure_database_runs
from config.environment import environment
from nenrin.cli.main import CommandRefused
from nenrin.core.database.embedded import EmbeddedDatabaseError

DISK_FULL = (
    "ディスクがいっぱいで、データベースに書けません。終わらなかった変更は残っていません。\n"
    "いらないファイルを消すかディスクを大きくして、もう一度してください。"
)
CUT_OFF = (
    "データベースとのつながりが切れました。終わらなかった変更は残っていません。\n"
    "nenrin doctor で確かめて、もう一度してください。"
)


@contextmanager
def database_trouble_told() -> Iterator[None]:
    """Turn a full disk or a lost connection into CommandRefused: it is nobody's mistake."""
    try:
        yield
    except (psycopg.OperationalError, OperationalError) as error:
        is_full = isinstance(error.__cause__ or error, psycopg.errors.DiskFull)
        raise CommandRefused(DISK_FULL if is_full else CUT_OFF) from error


def set_up() -> None:
    """Start the embedded PostgreSQL where no other is configured, and set Django up.

    Raises CommandRefused when the database does not answer.
    """
    try:
        ensure_database_runs(environment)
        if environment.database_url:
            psycopg.connect(environment.database_url, connect_timeout=5).close()
    except EmbeddedDatabaseError as error:
        raise CommandRefused(str(error)) from error
    except psycopg.OperationalError as error:
        look = "NENRIN_DATABASE_URL を確かめてください。" if environment.database_url else ""
        raise CommandRefused(f"データベースにつながりません。{look}\n{error}") from error
    django.setup()
