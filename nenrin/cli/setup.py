"""What a command needs before it runs: a database that answers, and Django."""

import django
import psycopg

from config.bootstrap import ensure_database_runs
from config.environment import environment
from nenrin.cli.main import CommandRefused
from nenrin.core.database.embedded import EmbeddedDatabaseError


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
        raise CommandRefused(
            f"データベースにつながりません。NENRIN_DATABASE_URL を確かめてください。\n{error}"
        ) from error
    django.setup()
