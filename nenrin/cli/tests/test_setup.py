"""What a command finds ready, whatever happened before it."""

import os
import subprocess
import sys

import psycopg
import pytest

from config.bootstrap import ensure_database_runs
from config.environment import environment
from nenrin.core.database import embedded
from nenrin.core.database.roles import APPLICATION, OWNER
from nenrin.core.messaging.transports.tests.local_server import closed_port


@pytest.fixture
def half_made(tmp_path):
    """A state folder whose first start was killed when only the server stood."""
    embedded.start(tmp_path)
    yield tmp_path
    embedded.stop(tmp_path, mode="immediate")


def test_a_start_that_was_killed_is_finished_by_the_next(half_made):
    here = environment.model_copy(update={"state_dir": half_made, "database_url": ""})
    ensure_database_runs(here)
    for role in (OWNER, APPLICATION):
        psycopg.connect(embedded.url(half_made, user=role)).close()


def test_the_doctor_looks_at_the_machine_while_the_database_is_away():
    nowhere = {"NENRIN_DATABASE_URL": f"postgresql://nobody@127.0.0.1:{closed_port()}/nenrin"}
    done = subprocess.run(
        [sys.executable, "-m", "nenrin.cli", "doctor"],
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "データベースにつながりません" in done.stdout and "ディスクの空き" in done.stdout
