"""Is the database this release's, and do its locks hold?"""

import time
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from nenrin.core.tenancy.row_security import scoped_tables

from .contract import Check, Finding

CLOCK_SECONDS = 2.0
MIGRATE = "nenrin migrate を動かしてください。"
GUARDED = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity AND c.relforcerowsecurity
  AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)
"""
ROLE = """
SELECT rolname, rolsuper, rolbypassrls,
       (SELECT count(*) FROM pg_class c WHERE c.relowner = r.oid
        AND c.relkind IN ('r', 'v', 'm') AND c.relnamespace = 'public'::regnamespace)
FROM pg_roles r WHERE rolname = current_user
"""


def rows(query: str) -> list[tuple[Any, ...]]:
    """What the application role sees."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def pending_migrations() -> list[str]:
    """Names of the migrations that this release has and the database has not."""
    applied = set(rows("SELECT app, name FROM django_migrations"))
    return [f"{app}.{name}" for app, name in needed_migrations() if (app, name) not in applied]


@cache
def needed_migrations() -> tuple[tuple[str, str], ...]:
    """The migrations of this release, read from its files once per process."""
    return tuple(sorted(MigrationLoader(None).graph.nodes))


def find_pending_migrations() -> Iterator[Finding]:
    pending = pending_migrations()
    if pending:
        shown = "、".join(pending[:5])
        yield Finding(
            f"データベースがこの版に合っていません（{len(pending)} 件: {shown}）。", MIGRATE
        )


def find_unguarded_tables() -> Iterator[Finding]:
    guarded = {name for (name,) in rows(GUARDED)}
    missing = sorted({table for table, _ in scoped_tables()} - guarded)
    if missing:
        yield Finding(
            f"町ごとの行の守りがない表があります（{'、'.join(missing)}）。",
            "すぐに " + MIGRATE,
        )


def find_strong_role() -> Iterator[Finding]:
    name, is_superuser, bypasses, owned = rows(ROLE)[0]
    do = f"NENRIN_DATABASE_URL を、表を持たない役（{name} ではない役）にしてください。"
    if is_superuser or bypasses:
        yield Finding(f"アプリの役 {name} には、行の守りがききません。", do)
    if owned:
        yield Finding(f"アプリの役 {name} が {owned} の表を持っています。", do)


def clock_difference() -> float:
    """Seconds by which this machine is ahead of the database's clock."""
    before = time.time()
    (there,) = rows("SELECT extract(epoch FROM clock_timestamp())::float8")[0]
    return (before + time.time()) / 2 - float(there)


def find_wrong_clock() -> Iterator[Finding]:
    ahead = clock_difference()
    if abs(ahead) > CLOCK_SECONDS:
        way = "進んで" if ahead > 0 else "遅れて"
        yield Finding(
            f"この機械の時計が、データベースより {abs(ahead):.0f} 秒{way}います。",
            "両方の機械の時刻合わせ（NTP）を確かめてください。",
        )


DATABASE_CHECKS = (
    Check("migrations", "データベースの版", find_pending_migrations),
    Check("row_security", "町ごとの行の守り", find_unguarded_tables),
    Check("role", "アプリの役", find_strong_role),
    Check("clock", "時計", find_wrong_clock),
)
