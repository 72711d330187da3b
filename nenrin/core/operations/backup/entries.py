"""A stream divided into named entries, each of a length nobody knows beforehand.

An entry is its description (JSON) as one block, then blocks of content, then an empty block. The
stream ends with an entry of kind ``end``.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Protocol

from .errors import BackupDamaged

LENGTH = 4
LARGEST_BLOCK = 64 * 1024 * 1024
END = "end"


class Sink(Protocol):
    """Where the stream goes."""

    def write(self, data: bytes) -> None: ...


class EntryWriter:
    """Writes entries one after another."""

    def __init__(self, target: Sink) -> None:
        self._target = target

    def begin(self, kind: str, **description: Any) -> None:
        """Start an entry; its content follows by `add`, then `finish`."""
        self.add(json.dumps({"kind": kind} | description, ensure_ascii=False).encode())

    def add(self, block: bytes) -> None:
        """Add content; an empty block adds nothing."""
        if block:
            self._target.write(len(block).to_bytes(LENGTH, "big"))
            self._target.write(block)

    def finish(self) -> None:
        """End the entry."""
        self._target.write(bytes(LENGTH))

    def whole(self, kind: str, content: bytes = b"", **description: Any) -> None:
        """Write an entry at once."""
        self.begin(kind, **description)
        self.add(content)
        self.finish()


@dataclass
class Entry:
    """One entry as it is met in the stream; read its content before the next one."""

    kind: str
    description: dict[str, Any]
    content: Iterator[bytes]


def read_entries(source: IO[bytes]) -> Iterator[Entry]:
    """Each entry up to the end's; content that nobody read is passed over.

    Raises BackupDamaged where the stream ends early.
    """
    while True:
        block = _block(source)
        try:
            description = json.loads(block)
            kind = description.pop("kind")
        except (ValueError, KeyError, AttributeError) as error:
            raise BackupDamaged("バックアップの中身が読めません。") from error
        content = _content(source)
        yield Entry(kind, description, content)
        for _ in content:
            pass
        if kind == END:
            # Asking for more proves the last sealed chunk.
            if source.read(1):
                raise BackupDamaged("バックアップの中身が読めません。")
            return


def _content(source: IO[bytes]) -> Iterator[bytes]:
    while block := _block(source):
        yield block


def _block(source: IO[bytes]) -> bytes:
    length = int.from_bytes(_exactly(source, LENGTH), "big")
    if length > LARGEST_BLOCK:
        raise BackupDamaged("バックアップの中身が読めません。")
    return _exactly(source, length)


def _exactly(source: IO[bytes], length: int) -> bytes:
    data = source.read(length)
    if len(data) != length:
        raise BackupDamaged("バックアップの終わりが欠けています。")
    return data
