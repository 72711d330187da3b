"""Every model is a town's or on the short global list, and every table is guarded."""

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from nenrin.core.tenancy.row_security import GLOBAL_MODELS, row_condition, scoped_tables


def test_every_model_is_scoped_or_on_the_global_list():
    for model in apps.get_models(include_auto_created=True):
        row_condition(model)


def test_the_global_list_names_only_models_that_exist():
    known = {model._meta.label for model in apps.get_models()}
    assert set(GLOBAL_MODELS) <= known


def test_row_security_is_forced_on_every_scoped_table(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE c.relrowsecurity AND c.relforcerowsecurity"
        )
        guarded = {row[0] for row in cursor.fetchall()}
    assert {table for table, _ in scoped_tables()} <= guarded


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
