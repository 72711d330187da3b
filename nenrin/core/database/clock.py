"""One clock for all machines: the database's."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """The moment by the database's clock; within a transaction it moves on all the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]
