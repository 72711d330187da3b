"""Asynchronous database connections of the device portal, as the application role."""

from typing import Any

import psycopg
from django.db import connections

from nenrin.core.tenancy.scope import SETTING


async def connect(*, autocommit: bool = True) -> psycopg.AsyncConnection[Any]:
    """Open a connection with the parameters of Django's default database."""
    parameters = connections["default"].get_connection_params()
    for name in ("cursor_factory", "context", "server_side_binding", "prepare_threshold"):
        parameters.pop(name, None)
    return await psycopg.AsyncConnection.connect(**parameters, autocommit=autocommit)


async def enter_town(connection: psycopg.AsyncConnection[Any], town: str) -> None:
    """Set the scope of the transaction that is open on this connection."""
    await connection.execute("SELECT set_config(%s, %s, true)", [SETTING, town])
