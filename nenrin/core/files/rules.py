"""Making a file's name safe to keep, to show and to put in a header."""

import re
import unicodedata
from pathlib import PurePosixPath

from .kinds import FileKind

RESERVED = re.compile(r'[\\/:*?"<>|;%]+')
LONGEST_NAME = 100


def safe_file_name(name: str, kind: FileKind) -> str:
    """The last part of the name, without letters that hide or break something.

    Control and direction marks go (they make ``gpj.exe`` look like ``exe.jpg``), and the ending is
    one that the content has.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(c for c in unicodedata.normalize("NFC", last) if _is_visible(c))
    path = PurePosixPath(RESERVED.sub("_", visible).strip(" .") or "file")
    ending = path.suffix.lower()
    fits = ending in kind.extensions
    stem = path.stem if fits else path.name
    return f"{stem[:LONGEST_NAME].rstrip(' .')}{ending if fits else kind.extensions[0]}"


def _is_visible(letter: str) -> bool:
    return unicodedata.category(letter)[0] != "C" and letter not in "\u2028\u2029"
