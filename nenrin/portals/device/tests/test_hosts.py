"""A host is looked up once, however many ask; strange hosts are not looked up at all."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import override_settings

from nenrin.portals.device import hosts
from nenrin.portals.device.hosts import TownsByHost

HOST = "kaneyama.example"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hosts that the database was asked for; it knows one town."""
    hosts: list[str] = []

    def find_town(host: str) -> SimpleNamespace | None:
        hosts.append(host)
        return SimpleNamespace(code="063614") if host == HOST else None

    monkeypatch.setattr("nenrin.portals.device.hosts.find_town", find_town)
    return hosts


def ask(*hosts: str) -> list[str | None]:
    async def all_at_once() -> list[str | None]:
        towns = TownsByHost()
        return await asyncio.gather(*(towns.code(host) for host in hosts))

    with override_settings(ALLOWED_HOSTS=[".example"]):
        return asyncio.run(all_at_once())


def test_a_crowd_asks_once(asked: list[str]) -> None:
    assert ask(*[HOST] * 50) == ["063614"] * 50
    assert asked == [HOST]


def test_a_host_that_is_not_ours_is_refused_unseen(asked: list[str]) -> None:
    assert ask("evil.invalid", "other.example") == [None, ""]
    assert asked == ["other.example"]


def _ask_twice_around_a_break() -> str:
    """In a thread of its own, as the server asks; its connection breaks in between."""
    hosts._code(HOST)
    connection.connection.close()
    try:
        return hosts._code(HOST)
    finally:
        connection.close()


@pytest.mark.django_db
def test_a_connection_from_before_a_restart_is_replaced() -> None:
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(_ask_twice_around_a_break).result() == ""
