"""Asynchronous database connections of the device portal, as the application role."""

import asyncio
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


class TownReader:
    """One kept connection; each question is a transaction of its own in a town's scope."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._connection: psycopg.AsyncConnection[Any] | None = None

    async def rows(self, town: str, query: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        """The rows of a query; asked again where the kept connection had broken."""
        async with self._turn:
            try:
                return await self._ask(town, query, parameters)
            except psycopg.OperationalError:
                # The kept connection is from before the server restarted: once more with a new one.
                if self._connection is not None:
                    await self._connection.close()
                self._connection = None
                return await self._ask(town, query, parameters)

    async def _ask(self, town: str, query: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        if self._connection is None or self._connection.closed:
            self._connection = await connect(autocommit=False)
        async with self._connection.transaction():
            await enter_town(self._connection, town)
            cursor = await self._connection.execute(query, parameters)
            return await cursor.fetchall()
