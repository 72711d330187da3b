"""Receipts of devices, written in groups: thousands of phones report in the same seconds.

A report is answered only after the transaction that holds it has committed.
"""

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg

from nenrin.core.messaging.services.record_receipts import (
    FOLD,
    REPORTABLE,
    Report,
    fold_parameters,
)

from .connection import connect, enter_town

logger = logging.getLogger(__name__)
GROUP_SECONDS = 0.02
GROUP_LIMIT = 2000


@dataclass(slots=True)
class _Waiting:
    reports: list[Report] = field(default_factory=list)
    done: list[asyncio.Future[None]] = field(default_factory=list)


class ReceiptWriter:
    """Collects reports for a few milliseconds and commits each town's in one transaction."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Waiting] = defaultdict(_Waiting)
        self._arrived = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def report(self, town: str, delivery_id: int, state: str) -> None:
        """Return when the report is committed; raises the database's error if it was not."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        waiting = self._waiting[town]
        waiting.reports.append(Report(delivery_id, REPORTABLE[state], datetime.now(UTC)))
        done = asyncio.get_running_loop().create_future()
        waiting.done.append(done)
        self._arrived.set()
        await done

    async def _run(self) -> None:
        connection: psycopg.AsyncConnection[Any] | None = None
        while True:
            await self._arrived.wait()
            await asyncio.sleep(GROUP_SECONDS)
            self._arrived.clear()
            groups, self._waiting = self._waiting, defaultdict(_Waiting)
            for town, group in groups.items():
                try:
                    connection = connection or await connect(autocommit=False)
                    await _commit(connection, town, group)
                except Exception as error:
                    logger.warning("receipts of town %s were not written: %s", town, type(error))
                    connection = await _drop(connection)
                    _settle(group, error)
                else:
                    _settle(group, None)


async def _commit(connection: psycopg.AsyncConnection[Any], town: str, group: _Waiting) -> None:
    async with connection.transaction():
        await enter_town(connection, town)
        await connection.execute(FOLD, fold_parameters(group.reports))


async def _drop(connection: psycopg.AsyncConnection[Any] | None) -> None:
    if connection is not None:
        await connection.close()


def _settle(group: _Waiting, error: Exception | None) -> None:
    for done in group.done:
        if done.cancelled():
            continue
        if error:
            done.set_exception(error)
        else:
            done.set_result(None)
