"""One process tree: starts the parts, keeps them alive, and ends them all together."""

import contextlib
import ctypes
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 15.0
RESTART_SECONDS = 1.0


@dataclass
class Part:
    """One child process: its name, its command line, and where its words go.

    One with a ``listener`` starts when somebody first connects there, and takes the connection:
    the socket's number is the last word of its command line.
    """

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    listener: socket.socket | None = None
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0

    def start(self) -> None:
        """Start the process; it ends with its parent, even if that is killed."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        handed = [self.listener.fileno()] if self.listener else []
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [*self.command, *map(str, handed)],
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=handed,
                preexec_fn=_die_with_parent,
            )
        self.started_at = time.monotonic()

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self.process is not None and self.process.poll() is None

    @property
    def may_start(self) -> bool:
        """Whether it does not run, and has not only just tried to."""
        return not self.is_running and time.monotonic() - self.started_at > RESTART_SECONDS


class Supervisor:
    """Keeps its parts running between `start` and `stop`."""

    def __init__(self, parts: list[Part]) -> None:
        self.parts = parts

    def start(self) -> None:
        """Start every part that does not wait for somebody to connect."""
        for part in self.parts:
            if not part.listener:
                part.start()

    @property
    def has_failed(self) -> bool:
        """Whether a part that should run does not."""
        return any(not part.is_running for part in self.parts if not part.listener)

    def watch(self, until: Callable[[], bool], poll: float = 0.5) -> None:
        """Restart parts that end, and start those somebody waits for, until ``until`` says so."""
        while not until():
            for part in self.parts:
                if part.may_start and not part.listener:
                    code = part.process.returncode if part.process else None
                    print(
                        f"{part.name} が止まった（{code}）ので、動かし直します。", file=sys.stderr
                    )
                    part.start()
            self._start_wanted(poll)

    def _start_wanted(self, seconds: float) -> None:
        waiting = {part.listener: part for part in self.parts if part.listener and part.may_start}
        wanted, _, _ = select.select(list(waiting), [], [], seconds)
        for listener in wanted:
            waiting[listener].start()

    def stop(self) -> None:
        """Ask every part to end, wait, and end what does not."""
        for part in self.parts:
            if part.listener:
                part.listener.close()
        running = [part.process for part in self.parts if part.process and part.is_running]
        for process in running:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _kill_group(process)
                process.wait()


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.setpgid(0, 0)
