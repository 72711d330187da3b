"""A helper: a process apart that is asked one thing at a time, and ends when nobody asks.

What it loads, and what goes wrong in it, stays there. A question and an answer look alike: a line
of JSON, ``{"said": {...}, "sizes": [...]}``, and after it blocks of so many bytes each.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import IO, Any

from .kept import KeptWhileUsed

OURS = "NENRIN_"
"""How the settings' names begin: who opens strangers' files is told none of them."""
GIVES_BACK = {"MALLOC_TRIM_THRESHOLD_": "65536"}
"""glibc would raise this threshold with the first large block, and keep what is freed later."""
Said = dict[str, Any]
Answer = tuple[Said, list[bytes]]


class HelperBroke(RuntimeError):
    """The helper ended before it had answered."""


class HelperSilent(HelperBroke):
    """It was ended because it did not answer; it would not the second time either."""


class Helper:
    """The module started when something is first asked; ended ``idle`` seconds after the last.

    A question that is not answered within ``patience`` seconds ends it too. ``arguments`` are
    looked up when it starts.
    """

    def __init__(
        self,
        module: str,
        arguments: Callable[[], Sequence[str]] = tuple,
        *,
        idle: float,
        patience: float,
    ) -> None:
        self._kept = KeptWhileUsed(
            lambda: _Running([sys.executable, "-m", module, *arguments()], patience),
            _Running.close,
            seconds=idle,
        )

    def ask(self, said: Said, *blocks: bytes) -> Answer:
        """The answer. What a helper died of is asked once more of a new one; then HelperBroke.

        Raises HelperSilent at once: others wait for their turn.
        """
        try:
            return self._ask(said, blocks)
        except HelperSilent:
            raise
        except HelperBroke:
            return self._ask(said, blocks)

    def _ask(self, said: Said, blocks: Sequence[bytes]) -> Answer:
        with self._kept.use() as running:
            return running.ask(said, blocks)


class _Running:
    """The process itself."""

    def __init__(self, command: list[str], patience: float) -> None:
        self._patience = patience
        told = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self._process = subprocess.Popen(  # noqa: S603
            command, env=told | GIVES_BACK, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, said: Said, blocks: Sequence[bytes]) -> Answer:
        assert self._process.stdin and self._process.stdout  # noqa: S101
        deadline = time.monotonic() + self._patience
        watch = threading.Timer(self._patience, self._process.kill)
        watch.start()
        try:
            write(self._process.stdin, said, blocks)
            found = read(self._process.stdout)
        except OSError:
            found = None
        finally:
            watch.cancel()
        if found is None:
            in_time = time.monotonic() < deadline
            raise HelperBroke("it ended") if in_time else HelperSilent("no answer in time")
        return found

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


def answer_questions(answer: Callable[[Said, list[bytes]], Answer]) -> None:
    """The helper's own side: answer until nobody asks any more."""
    # Ctrl-C means whoever asks: what that process has in hand, it may finish.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints must not be taken for an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while question := read(sys.stdin.buffer):
        write(answers, *answer(*question))


def write(stream: IO[bytes], said: Said, blocks: Sequence[bytes]) -> None:
    """One question, or one answer."""
    head = json.dumps({"said": said, "sizes": [len(block) for block in blocks]})
    stream.write(b"".join([head.encode(), b"\n", *blocks]))
    stream.flush()


def read(stream: IO[bytes]) -> Answer | None:
    """What `write` wrote; None where it ends before that is complete."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    head = json.loads(line)
    blocks = [stream.read(size) for size in head["sizes"]]
    complete = [len(block) for block in blocks] == head["sizes"]
    return (head["said"], blocks) if complete else None
