"""A PDF as pictures and text, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass

from nenrin.core.files.documents.apart import draw, page_texts
from nenrin.core.files.errors import FileRefused

WIDTH = 1080
MAX_PAGES = 60


@dataclass(frozen=True)
class DrawnPage:
    """One page: its number from 1, a JPEG of WIDTH pixels, and its text."""

    number: int
    jpeg: bytes
    text: str


def draw_pages(content: bytes) -> Iterator[DrawnPage]:
    """Draw every page; raises FileRefused for a broken, locked or endless PDF."""
    texts = page_texts(content)
    if not 0 < len(texts) <= MAX_PAGES:
        raise FileRefused(f"1ページから{MAX_PAGES}ページまでのPDFにしてください。")
    for number, text in enumerate(texts, start=1):
        yield DrawnPage(number, draw(content, number, width=WIDTH), text.strip())
