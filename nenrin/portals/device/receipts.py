"""Receipts of devices, written in groups: thousands of phones report in the same seconds.

A report is answered only after the transaction that holds it has committed.
"""

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import psycopg
from asgiref.sync import sync_to_async

from nenrin.core.messaging.services.record_answer import Reply, record_answers
from nenrin.core.messaging.services.record_receipts import (
    FOLD,
    Report,
    fold_parameters,
)
from nenrin.core.tenancy.scope import town_scope

from .connection import connect, enter_town

logger = logging.getLogger(__name__)
GROUP_SECONDS = 0.02
GROUP_LIMIT = 2000


@dataclass(slots=True)
class _Waiting:
    reports: list[Report] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    done: list[asyncio.Future[frozenset[int]]] = field(default_factory=list)


class ReceiptWriter:
    """Collects reports for a few milliseconds and commits each town's in one transaction."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Waiting] = defaultdict(_Waiting)
        self._arrived = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def report(self, town: str, reports: list[Report], replies: list[Reply]) -> set[int]:
        """Return when both are committed; raises the database's error if they were not.

        Returns the deliveries whose message asks for no answer.
        """
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        waiting = self._waiting[town]
        waiting.reports += reports
        waiting.replies += replies
        done: asyncio.Future[frozenset[int]] = asyncio.get_running_loop().create_future()
        waiting.done.append(done)
        self._arrived.set()
        refused = await done
        return {reply.delivery_id for reply in replies} & refused

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
                    refused = await _commit(connection, town, group)
                except Exception as error:
                    logger.warning("receipts of town %s were not written: %s", town, type(error))
                    await _drop(connection)
                    connection = None
                    _fail(group, error)
                else:
                    _settle(group, frozenset(refused))


async def _commit(connection: psycopg.AsyncConnection[Any], town: str, group: _Waiting) -> set[int]:
    async with connection.transaction():
        await enter_town(connection, town)
        await connection.execute(FOLD, fold_parameters(group.reports))
    if not group.replies:
        return set()
    return await sync_to_async(_keep_answers, thread_sensitive=False)(town, group.replies)


def _keep_answers(town: str, replies: list[Reply]) -> set[int]:
    with town_scope(town):
        return record_answers(replies=replies)


async def _drop(connection: psycopg.AsyncConnection[Any] | None) -> None:
    if connection is not None:
        await connection.close()


def _settle(group: _Waiting, refused: frozenset[int]) -> None:
    for done in group.done:
        if not done.cancelled():
            done.set_result(refused)


def _fail(group: _Waiting, error: Exception) -> None:
    for done in group.done:
        if not done.cancelled():
            done.set_exception(error)
