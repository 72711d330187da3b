"""A database that dies, and a disk that fills up under it: told, survived, and made up for."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from nenrin.core.database import embedded
from tests.fixtures.stack import Stack, running_stack, wait_until

DISK = "700m"
PLANNED = "SELECT count(*) FROM messaging_delivery WHERE rung = 0"
WAITING = PLANNED + " AND state = 0"
MESSAGES = "SELECT count(*) FROM messaging_message"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack whose whole folder lies on a small disk of its own."""
    folder = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=700", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("小さなディスクを作れません（管理者の権限が要ります）")
    folder.chmod(0o755)
    try:
        with running_stack(folder) as made:
            yield made
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(folder: Path) -> Path:
    """Take all that is left of the disk."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            for _ in range(shutil.disk_usage(folder).free // 4096 + 1):
                file.write(bytes(4096))
        except OSError:
            pass
    return ballast


def _answers(stack: Stack) -> bool:
    try:
        return bool(stack.rows("SELECT 1"))
    except Exception:
        return False


def test_a_database_that_is_killed_is_started_again(stack):
    before = stack.rows(MESSAGES)
    pid = int((embedded.data_directory(stack.folder) / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: _answers(stack), 30)
    assert stack.rows(MESSAGES) == before
    assert "データベースが止まったので" in (stack.folder / "up.log").read_text()


def test_a_full_disk_is_told_and_afterwards_everybody_is_reached(stack):
    ballast = _fill(stack.folder)
    status, words = stack.run("doctor")
    assert status == 1 and "ディスクの空き" in words
    output, errors = stack.start_drill(5).communicate(timeout=120)
    told = output + errors
    ballast.unlink()
    assert "ディスクがいっぱい" in told and "Traceback" not in told
    assert wait_until(lambda: _answers(stack), 60)
    result = stack.drill(12)
    assert result["households"] == 60 and result["reached"] > 25
    assert wait_until(lambda: stack.rows(WAITING) == [(0,)], 60)
