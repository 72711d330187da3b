"""Which tables a backup holds, how their rows are read in one moment, and how they come back.

Rows are read by COPY as the owner role, town by town: row-level security is forced on the owner
too, and nothing is loosened for a backup. COPY's text format is the same from PostgreSQL 15 to 18.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from psycopg import Connection, sql

from nenrin.core.tenancy.scope import SETTING

from ..ephemeral import ephemeral_tables
from .errors import BackupError

READABLE = (
    "SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'; SET LOCAL intervalstyle = 'postgres'"
)
TABLES = """
SELECT c.relname, c.relrowsecurity, c.relpersistence = 'p',
       array(SELECT a.attname::text FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
               AND a.attgenerated = '' ORDER BY a.attnum)
FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
ORDER BY c.relname
"""
REFERENCES = """
SELECT con.conrelid::regclass::text, con.confrelid::regclass::text, con.condeferrable,
       a.attname::text, a.attnotnull
FROM pg_constraint con
JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = ANY (con.conkey)
WHERE con.contype = 'f' AND con.connamespace = 'public'::regnamespace
"""
SEQUENCES = """
SELECT c.relname FROM pg_class c
WHERE c.relkind = 'S' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""


@dataclass(frozen=True)
class Table:
    """A table with the columns that are kept; those in ``emptied`` point at ephemeral rows."""

    name: str
    columns: tuple[str, ...]
    is_secured: bool
    emptied: frozenset[str] = frozenset()


def kept_tables(connection: Connection[Any]) -> list[Table]:
    """The tables of a backup, each after those it points at."""
    rows = connection.execute(TABLES).fetchall()
    passing = {row[0] for row in rows if not row[2] or row[0] in ephemeral_tables}
    references = connection.execute(REFERENCES).fetchall()
    emptied = _emptied(references, passing)
    tables = {
        name: Table(name, tuple(columns), secured, frozenset(emptied.get(name, ())))
        for name, secured, _, columns in rows
        if name not in passing
    }
    order: TopologicalSorter[str] = TopologicalSorter({name: () for name in tables})
    for table, target, is_deferrable, _, _ in references:
        if not is_deferrable and table != target and {table, target} <= tables.keys():
            order.add(table, target)
    return [tables[name] for name in order.static_order()]


def _emptied(
    references: Iterable[tuple[Any, ...]], passing: Collection[str]
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table, target, _, column, is_required in references:
        if target in passing and table not in passing:
            if is_required:
                raise BackupError(
                    f"表 {table} は、バックアップに入らない表 {target} を必要としています。"
                )
            found.setdefault(table, set()).add(column)
    return found


@contextmanager
def one_moment(connection: Connection[Any]) -> Iterator[None]:
    """Everything read inside is the database of a single moment; nothing can be written."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute(READABLE)
        yield


def read_rows(connection: Connection[Any], table: Table, towns: Iterable[str]) -> Iterator[bytes]:
    """The table's rows in COPY's text form, in pieces."""
    for town in towns if table.is_secured else ("",):
        connection.execute("SELECT set_config(%s, %s, true)", [SETTING, town])
        columns = sql.SQL(", ").join(_column(table, name) for name in table.columns)
        query = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(
            columns, sql.Identifier(table.name)
        )
        with connection.cursor() as cursor, cursor.copy(query) as rows:
            for piece in rows:
                yield bytes(piece)


def _column(table: Table, name: str) -> sql.Composable:
    return sql.SQL("NULL") if name in table.emptied else sql.Identifier(name)


def sequence_values(connection: Connection[Any]) -> dict[str, tuple[int, bool]]:
    """Where each sequence stands."""
    names = [name for (name,) in connection.execute(SEQUENCES).fetchall()]
    query = sql.SQL("SELECT last_value, is_called FROM {}")
    return {
        name: connection.execute(query.format(sql.Identifier(name))).fetchone()  # type: ignore[misc]
        for name in names
    }


@contextmanager
def loading(connection: Connection[Any]) -> Iterator[None]:
    """One transaction into which every table is loaded, or nothing.

    Tables begin empty; row security and triggers rest meanwhile and are back when it commits.
    """
    with connection.transaction():
        connection.execute(READABLE)
        rows = connection.execute(TABLES).fetchall()
        names = [sql.Identifier(row[0]) for row in rows]
        secured = [sql.Identifier(row[0]) for row in rows if row[1]]
        connection.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(names)))
        _alter(connection, names, "DISABLE TRIGGER USER")
        _alter(connection, secured, "DISABLE ROW LEVEL SECURITY")
        yield
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _alter(connection, names, "ENABLE TRIGGER USER")
        _alter(connection, secured, "ENABLE ROW LEVEL SECURITY")


def _alter(connection: Connection[Any], names: Iterable[sql.Identifier], change: str) -> None:
    for name in names:
        connection.execute(sql.SQL("ALTER TABLE {} " + change).format(name))


def load_rows(
    connection: Connection[Any], table: str, columns: Iterable[str], pieces: Iterable[bytes]
) -> int:
    """Copy rows in; returns how many."""
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor:
        with cursor.copy(query) as rows:
            for piece in pieces:
                rows.write(piece)
        return cursor.rowcount


def set_sequences(connection: Connection[Any], values: dict[str, tuple[int, bool]]) -> None:
    """Let each sequence go on where it stood."""
    for name, (value, is_called) in values.items():
        connection.execute(
            "SELECT setval(quote_ident(%s)::regclass, %s, %s)", [name, value, is_called]
        )
