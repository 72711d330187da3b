"""Row-level security for every table that holds a town's rows, forced and idempotent.

A table belongs to a town through its own ``town`` column or through the user it points at (the
sign-in library's tables). Every other table must stand on the list of global models; a test walks
all models against it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connections, models

from .scope import SETTING

GLOBAL_APPS = frozenset({"auth", "contenttypes", "procrastinate", "sessions"})
GLOBAL_MODELS = frozenset(
    {"tenancy.Town", "tenancy.TownHost", "alerts.Telegram", "alerts.FeedState"}
)
APPEND_ONLY = (
    "audit_auditentry",
    "casework_caseevent",
    "casework_decision",
    "casework_handoff",
    "casework_handoffline",
    "forms_definitionversion",
    "payments_entry",
    "payments_transaction",
    "procedures_applicationrevision",
)

POLICY = "town_scope"


class Unscoped(Exception):
    """A model neither names its town nor stands on the list of global models."""


def row_condition(model: type[models.Model]) -> str | None:
    """SQL that is true for rows of the town in scope; None for a global model.

    Raises Unscoped for a model of which neither can be said.
    """
    if model._meta.app_label in GLOBAL_APPS or model._meta.label in GLOBAL_MODELS:
        return None
    fields = {field.name: field for field in model._meta.local_fields}
    if "town" in fields:
        return f"town_id = current_setting('{SETTING}', true)"
    if "user" in fields:
        return "EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = user_id)"
    if "email_address" in fields:
        return "EXISTS (SELECT 1 FROM account_emailaddress a WHERE a.id = email_address_id)"
    raise Unscoped(f"{model._meta.label} has no town and is not on the list of global models")


def scoped_tables() -> Iterator[tuple[str, str]]:
    """Each guarded table with its condition."""
    for model in apps.get_models(include_auto_created=True):
        condition = row_condition(model) if model._meta.managed else None
        if condition:
            yield model._meta.db_table, condition


FORCED = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relforcerowsecurity
  AND pg_has_role(c.relowner, 'USAGE')
"""


@contextmanager
def owner_sees_all(alias: str) -> Iterator[None]:
    """Let the tables' owner see the rows of every town, for migrations that move data.

    Without it they would quietly change nothing. The application's role stays bound all the while,
    and the owner is bound again afterwards, whatever happened.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute(FORCED)
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        try:
            yield
        finally:
            for table in tables:
                cursor.execute(f'ALTER TABLE IF EXISTS "{table}" FORCE ROW LEVEL SECURITY')


def secure_tables(alias: str) -> int:
    """Enable and force the policies as the tables' owner; returns how many tables are guarded."""
    tables = list(scoped_tables())
    with connections[alias].cursor() as cursor:
        for table, condition in tables:
            cursor.execute(
                f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;'
                f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;'
                f'DROP POLICY IF EXISTS {POLICY} ON "{table}";'
                f'CREATE POLICY {POLICY} ON "{table}" USING ({condition}) WITH CHECK ({condition})'
            )
    return len(tables)
