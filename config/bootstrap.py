"""From nothing to a database that can be connected to; runs before Django is set up."""

import psycopg

from config.environment import Environment
from nenrin.core.database import embedded
from nenrin.core.database.roles import ensure_database, ensure_roles


def ensure_database_runs(environment: Environment) -> None:
    """Start the embedded PostgreSQL with its roles and database; a real server is left alone.

    What a start that was killed had not made yet is made now; afterwards nothing is asked of the
    server, which may have no room left to answer. Raises embedded.EmbeddedDatabaseError.
    """
    if environment.database_url:
        return
    embedded.start(environment.state_dir)
    made = embedded.data_directory(environment.state_dir) / "nenrin-made"
    if made.exists():
        return
    with psycopg.connect(
        embedded.url(environment.state_dir, user="postgres", database="postgres"), autocommit=True
    ) as connection:
        ensure_roles(connection)
        ensure_database(connection, "nenrin")
    made.touch()


def prepare_real_server(environment: Environment) -> None:
    """Make both roles on a real server where one login (a superuser) serves for them."""
    if not environment.database_url or environment.owner_database_url:
        return
    with psycopg.connect(environment.database_url, autocommit=True) as connection:
        ensure_roles(connection)
        connection.execute("GRANT CREATE, USAGE ON SCHEMA public TO nenrin_owner")
