"""Files a transport leaves for people or for the website, below the state folder."""

import errno
import os
import re
import tempfile
from pathlib import Path

from django.conf import settings

from .contract import Words

UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
LONGEST_NAME = 60
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class DiskFull(Exception):
    """A file cannot be written for want of room; the text tells staff, in Japanese."""

    def __init__(self) -> None:
        super().__init__("サーバーの空き容量が足りず、ファイルを書けません。空きを作ってください")


def safe_name(text: str) -> str:
    """A file name that stays in its folder; Japanese letters are kept."""
    return UNSAFE.sub("_", text).strip(" .")[:LONGEST_NAME] or "_"


def state_folder() -> Path:
    return Path(settings.NENRIN.state_dir)


def town_folder(kind: str, town_code: str) -> Path:
    return state_folder() / kind / safe_name(town_code)


def message_folder(kind: str, words: Words) -> Path:
    """Where a transport keeps the files of one message."""
    return town_folder(kind, words.town_code) / safe_name(words.message_id)


def write_atomically(path: Path, content: bytes) -> None:
    """A reader sees the old file or the new one, never half of one; survives a power cut.

    Raises DiskFull.
    """
    try:
        _write(path, content)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DiskFull from error
        raise


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
