"""Reading and making documents, in a process apart (workshop.py).

Photos and PDFs come from strangers and are read by large libraries in C: what they break, hold or
never finish is that process, and it ends when no document has come for a while.
"""

from collections.abc import Sequence
from typing import Any, Final

from nenrin.core.memory.helper import Helper, HelperBroke

from ..errors import FileRefused

ENDED: Final = "この書類は開けませんでした。写真に撮り直すか、別のファイルを選んでください。"
_workshop = Helper("nenrin.core.files.documents.workshop", idle=10.0, patience=40.0)


def as_jpeg(content: bytes, **size: int) -> bytes:
    """`photos.as_jpeg`. Raises FileRefused."""
    return _ask("as_jpeg", content, **size)[1][0]


def text_of(content: bytes) -> list[str]:
    """`pdf.text_of`. Raises FileRefused."""
    return list(_ask("text_of", content)[0])


def page_texts(content: bytes) -> list[str]:
    """`pdf.page_texts`. Raises FileRefused."""
    return list(_ask("page_texts", content)[0])


def page_count(content: bytes) -> int:
    """`pdf.page_count`. Raises FileRefused."""
    return int(_ask("page_count", content)[0])


def draw(content: bytes, number: int, **size: int) -> bytes:
    """`pdf.draw`. Raises FileRefused."""
    return _ask("draw", content, number=number, **size)[1][0]


def bind(parts: Sequence[bytes]) -> bytes:
    """`pdf.bind`. Raises FileRefused."""
    return _ask("bind", *parts)[1][0]


def _ask(task: str, *contents: bytes, **settings: int) -> tuple[Any, list[bytes]]:
    try:
        said, made = _workshop.ask({"task": task, "settings": settings}, *contents)
    except HelperBroke as error:
        raise FileRefused(ENDED) from error
    if "refused" in said:
        raise FileRefused(said["refused"])
    return said["found"], made
