"""Something costly to hold, held only while it is used."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class KeptWhileUsed(Generic[T]):
    """Opened at its first use, lent to one thread at a time, closed after ``seconds`` without use.

    One that was lent when an error came is closed at once: the next borrower gets a new one.
    """

    def __init__(
        self, open_it: Callable[[], T], close_it: Callable[[T], None], *, seconds: float
    ) -> None:
        self._open_it = open_it
        self._close_it = close_it
        self._seconds = seconds
        self._lock = threading.Lock()
        self._held: list[T] = []
        self._used_at = 0.0

    @contextmanager
    def use(self) -> Iterator[T]:
        """Borrow it; others wait until it is given back."""
        with self._lock:
            if not self._held:
                self._held.append(self._open_it())
                self._look_after(self._held[0], self._seconds)
            try:
                yield self._held[0]
            except BaseException:
                self._close()
                raise
            self._used_at = time.monotonic()

    def _close(self) -> None:
        self._close_it(self._held.pop())

    def _look_after(self, held: T, seconds: float) -> None:
        timer = threading.Timer(seconds, self._look, [held])
        timer.daemon = True
        timer.start()

    def _look(self, held: T) -> None:
        with self._lock:
            left = self._used_at + self._seconds - time.monotonic()
            if held not in self._held:
                return
            if left > 0:
                self._look_after(held, left)
            else:
                self._close()
