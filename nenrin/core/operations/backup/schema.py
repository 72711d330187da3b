"""The target's schema: bare, then as it was when the backup was made."""

from collections.abc import Iterable
from typing import Any

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from psycopg import Connection, sql

from .errors import NewerRelease, TargetNotEmpty

OWN_TABLES = """
SELECT c.relname, c.relkind::text FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')
  AND c.relowner = current_user::regrole
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
OWN_ROUTINES = """
SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""
OWN_TYPES = """
SELECT t.typname FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE t.typnamespace = 'public'::regnamespace AND t.typowner = current_user::regrole
  AND (t.typtype IN ('e', 'd') OR c.relkind = 'c')
"""
KINDS = {"r": "TABLE", "v": "VIEW", "m": "MATERIALIZED VIEW"}


def require_no_town(connection: Connection[Any]) -> None:
    """Raise TargetNotEmpty where a town lives in the database."""
    row = connection.execute("SELECT to_regclass('public.tenancy_town')").fetchone()
    if row is None or row[0] is None:
        return
    if connection.execute("SELECT 1 FROM tenancy_town LIMIT 1").fetchone():
        raise TargetNotEmpty(
            "ここにはもう町のデータがあります。上書きはしません。"
            "--into で新しい場所を選ぶか、空のデータベースを用意してください。"
        )


def make_bare(connection: Connection[Any]) -> None:
    """Drop everything of ours; call it only after `require_no_town`."""
    with connection.transaction():
        for name, kind in connection.execute(OWN_TABLES).fetchall():
            _drop(connection, KINDS[kind], sql.Identifier(name))
        for (signature,) in connection.execute(OWN_ROUTINES).fetchall():
            _drop(connection, "ROUTINE", sql.SQL(signature))
        for (name,) in connection.execute(OWN_TYPES).fetchall():
            _drop(connection, "TYPE", sql.Identifier(name))


def _drop(connection: Connection[Any], kind: str, name: sql.Composable) -> None:
    connection.execute(sql.SQL("DROP " + kind + " IF EXISTS {} CASCADE").format(name))


def require_known(migrations: Iterable[tuple[str, str]], alias: str) -> None:
    """Raise NewerRelease where the backup has migrations that this release lacks."""
    known = MigrationExecutor(connections[alias]).loader.disk_migrations
    if any((app, name) not in known for app, name in migrations):
        raise NewerRelease(
            "新しい版で作られたバックアップです。年輪を新しくしてから戻してください。"
        )


def migrate_to(migrations: Iterable[tuple[str, str]], alias: str) -> None:
    """Bring the bare schema to exactly these migrations."""
    executor = MigrationExecutor(connections[alias])
    executor.migrate(list(migrations))
