"""Server-sent events (WHATWG HTML 9.2), parsed as the bytes arrive."""

from typing import NamedTuple


class Event(NamedTuple):
    """One dispatched event."""

    kind: str
    data: str


class EventParser:
    """Keeps what a client must remember: the last id and the wait before reconnecting."""

    __slots__ = ("_buffer", "_data", "_kind", "last_id", "retry_s")

    def __init__(self) -> None:
        self._buffer = b""
        self._data: list[str] = []
        self._kind = ""
        self.last_id = ""
        self.retry_s = 3.0

    def reset(self) -> None:
        """Forget the half-read event of a broken connection; id and wait stay."""
        self._buffer = b""
        self._data = []
        self._kind = ""

    def feed(self, data: bytes) -> list[Event]:
        """Return the events completed by these bytes."""
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        events: list[Event] = []
        for line in lines:
            self._take_line(line.rstrip(b"\r").decode("utf-8", "replace"), events)
        return events

    def _take_line(self, line: str, events: list[Event]) -> None:
        if not line:
            if self._data:
                events.append(Event(self._kind or "message", "\n".join(self._data)))
            self._data = []
            self._kind = ""
            return
        name, _, value = line.partition(":")
        self._take_field(name, value.removeprefix(" "))

    def _take_field(self, name: str, value: str) -> None:
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._kind = value
        elif name == "id" and "\0" not in value:
            self.last_id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry_s = int(value) / 1000
