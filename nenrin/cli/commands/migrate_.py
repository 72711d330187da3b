"""`nenrin migrate`: bring the database to this release."""

import argparse

from psycopg.conninfo import conninfo_to_dict

from config.bootstrap import prepare_real_server
from config.environment import environment
from nenrin.core.database.roles import APPLICATION
from nenrin.core.tenancy.services.prepare_schema import prepare_schema


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Migrate, guard every table, grant the application role its rights."""
    migrate()
    print("データベースはこの版に合っています。")
    return 0


def migrate() -> None:
    """What `run` does, without a word."""
    prepare_real_server(environment)
    role = APPLICATION
    if environment.database_url and environment.owner_database_url:
        role = str(conninfo_to_dict(environment.database_url).get("user") or APPLICATION)
    prepare_schema(application_role=role)
