from django.db import connection

from nenrin.core.messaging.operations.ephemeral import EPHEMERAL_TABLES


def test_exactly_the_unlogged_tables_are_kept_out_of_backups(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r'"
            " AND relname LIKE 'messaging%'"
        )
        assert {row[0] for row in cursor.fetchall()} == set(EPHEMERAL_TABLES)
