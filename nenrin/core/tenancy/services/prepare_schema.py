"""Bring the database to this release's shape: migrations, row security, grants."""

from django.core.management import call_command
from django.db import connections

from nenrin.core.database.roles import grant_application

from ..row_security import APPEND_ONLY, owner_sees_all, secure_tables

OWNER_ALIAS = "owner"
PREPARE_LOCK = 0x6E656E72


def prepare_schema(*, application_role: str) -> None:
    """Migrate as the owner role, then guard every table and grant the application its rights.

    Safe to repeat; two processes at once take turns.
    """
    with connections[OWNER_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARE_LOCK])
        try:
            with owner_sees_all(OWNER_ALIAS):
                call_command("migrate", database=OWNER_ALIAS, verbosity=0, interactive=False)
            call_command("createcachetable", database=OWNER_ALIAS, verbosity=0)
            secure_tables(OWNER_ALIAS)
            _grant(application_role)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARE_LOCK])
    connections[OWNER_ALIAS].close()


def _grant(role: str) -> None:
    connection = connections[OWNER_ALIAS]
    grant_application(connection.connection, role)
    with connection.cursor() as cursor:
        for table in APPEND_ONLY:
            cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM "{role}"')
