"""The process tree: real child processes and a real connection."""

import socket
import sys
import threading

import pytest

from nenrin.cli.supervisor import Part, Supervisor

ANSWERS_ONCE = """
import socket, sys
caller, _ = socket.socket(fileno=int(sys.argv[1])).accept()
caller.sendall(b"here")
"""


@pytest.fixture
def waiting(tmp_path):
    """A supervisor with one part that starts when somebody connects."""
    listener = socket.create_server(("127.0.0.1", 0))
    command = [sys.executable, "-c", ANSWERS_ONCE]
    supervisor = Supervisor([Part("visitor", command, tmp_path / "log", listener=listener)])
    supervisor.start()
    yield supervisor
    supervisor.stop()


@pytest.fixture
def watched(waiting):
    enough = threading.Event()
    watching = threading.Thread(target=waiting.watch, args=(enough.is_set, 0.05))
    watching.start()
    yield waiting
    enough.set()
    watching.join()


def test_a_part_that_waits_for_somebody_is_not_started_and_has_not_failed(waiting):
    assert not waiting.parts[0].is_running
    assert not waiting.has_failed


def test_who_connects_is_answered_and_so_is_the_next_after_it_ended(watched):
    [part] = watched.parts
    for _ in range(2):
        with socket.create_connection(part.listener.getsockname(), timeout=20) as caller:
            assert caller.recv(10) == b"here"
        part.process.wait(20)


def test_a_part_that_cannot_start_has_failed(tmp_path):
    supervisor = Supervisor(
        [Part("broken", [sys.executable, "-c", "raise SystemExit(1)"], tmp_path / "log")]
    )
    supervisor.start()
    supervisor.parts[0].process.wait(20)
    assert supervisor.has_failed
