"""The typesetter's process, seen from the one that wants something printed."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

PATIENCE_SECONDS: Final = 60.0
"""Longer than any sheet takes; a typesetter that is silent for so long is ended."""


class PrintingFailed(RuntimeError):
    """The template could not be compiled; the message is Typst's."""


class PressBroke(PrintingFailed):
    """The typesetter ended in the middle of a request, which may be asked again."""


class Press:
    """A running typesetter: one request at a time."""

    def __init__(self, *fonts: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "nenrin.core.printing.typesetter", *map(str, fonts)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The head of the answer and the PDF after it; raises PressBroke."""
        assert self._process.stdin and self._process.stdout  # noqa: S101
        watch = threading.Timer(PATIENCE_SECONDS, self._process.kill)
        watch.start()
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
            head = json.loads(line) if line else {}
            pdf = self._process.stdout.read(head.get("size", 0))
        except OSError as error:
            raise PressBroke(str(error)) from error
        finally:
            watch.cancel()
        if not head or len(pdf) < head.get("size", 0):
            raise PressBroke("the typesetter ended")
        return head, pdf

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
