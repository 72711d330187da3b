"""One rehearsal for the whole run, healed before each test."""

from collections.abc import Iterator

import pytest

from nenrin.rehearsal.tests.running import Receipts, Rehearsal, running


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsal]:
    with running(tmp_path_factory.mktemp("rehearsal")) as rehearsal:
        yield rehearsal


@pytest.fixture
def rehearsal(started: Rehearsal) -> Rehearsal:
    started.heal()
    return started


@pytest.fixture
def receipts() -> Iterator[Receipts]:
    server = Receipts()
    yield server
    server.close()
