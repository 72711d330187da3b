"""Two roles: an owner that migrates, and an application that owns nothing.

The application role has no BYPASSRLS and owns no table, so forced row-level security binds it
(PostgreSQL manual, "Row Security Policies").
"""

import psycopg
from psycopg import sql

OWNER = "nenrin_owner"
APPLICATION = "nenrin_app"


def ensure_roles(connection: psycopg.Connection) -> None:
    """Make both roles where they are missing. The connection must be a superuser's."""
    for role in (OWNER, APPLICATION):
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        if not found:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))


def ensure_database(connection: psycopg.Connection, name: str) -> bool:
    """Make the database, owned by the owner role; True when it was made. Needs autocommit."""
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if found:
        return False
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
            sql.Identifier(name), sql.Identifier(OWNER)
        )
    )
    return True


def grant_application(connection: psycopg.Connection, role: str = APPLICATION) -> None:
    """Let the application read and write rows of every table and run every function."""
    name = sql.Identifier(role)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}",
    ):
        connection.execute(sql.SQL(statement).format(name))
