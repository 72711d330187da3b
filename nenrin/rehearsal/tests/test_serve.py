import contextlib
import http.client
import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from nenrin.rehearsal.config import FAULTS_VARIABLE, read_faults
from nenrin.rehearsal.providers.faults import BadFault
from nenrin.rehearsal.tests.running import Rehearsal, free_port, running


def _start(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nenrin.rehearsal", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)


def test_others_can_never_reach_it(tmp_path: Path) -> None:
    ended = _start("--host", "0.0.0.0", "--state-dir", str(tmp_path))
    assert ended.returncode == 2
    assert "'0.0.0.0' is not a loopback address" in ended.stderr


def test_a_taken_port_is_named(rehearsal: Rehearsal, tmp_path: Path) -> None:
    ended = _start("--port", str(rehearsal.port), "--state-dir", str(tmp_path))
    assert ended.returncode == 2
    assert f"127.0.0.1:{rehearsal.port}" in ended.stderr


def test_it_is_small(rehearsal: Rehearsal) -> None:
    health = rehearsal.ask("GET", "/healthz").json
    assert health["status"] == "ok"
    assert health["memory_mb"] < 80


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_at_once_though_a_request_hangs(tmp_path: Path, number: signal.Signals) -> None:
    tablets, faults = tmp_path / "tablets.jsonl", tmp_path / "faults.json"
    tablets.write_text('{"device_id": "a", "token": "t"}\n')
    faults.write_text(json.dumps({"sms": {"mode": "hang"}}))
    options = ["--tablets", str(tablets), "--faults", str(faults)]
    options += ["--base", f"http://127.0.0.1:{free_port()}"]
    with running(tmp_path, *options) as rehearsal:
        asking = threading.Thread(target=_ask_in_vain, args=(rehearsal,))
        asking.start()
        while rehearsal.log("sms")["faulted"] != {"hang": 1}:
            time.sleep(0.01)
        assert rehearsal.log()["tablets"]["tablets"] == 1
        rehearsal.process.send_signal(number)
        assert rehearsal.process.wait(timeout=4) == 0
        asking.join()


def _ask_in_vain(rehearsal: Rehearsal) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        rehearsal.ask("POST", "/sms/messages", "{}", timeout=4)


def test_faults_come_from_a_file_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FAULTS_VARIABLE, '{"push": {"mode": "hang"}}')
    assert read_faults(None) == {"push": {"mode": "hang"}}
    path = tmp_path / "faults.json"
    path.write_text("[]")
    with pytest.raises(BadFault):
        read_faults(path)
    path.write_text("{")
    with pytest.raises(BadFault):
        read_faults(path)
