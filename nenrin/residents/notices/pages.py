"""A PDF as pictures and text, page by page."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2

WIDTH = 1080
QUALITY = 82
MAX_PAGES = 60


class UnreadableDocument(Exception):
    """The PDF cannot be drawn; the text says why, in Japanese."""


@dataclass(frozen=True)
class DrawnPage:
    """One page: its number from 1, a JPEG of WIDTH pixels, and its text."""

    number: int
    jpeg: bytes
    text: str


def draw_pages(content: bytes) -> Iterator[DrawnPage]:
    """Draw every page; raises UnreadableDocument for a broken, locked or endless PDF."""
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(
            "PDFが壊れているか、パスワードがかかっています。かけずに保存し直してください。"
        ) from error
    if not 0 < len(pdf) <= MAX_PAGES:
        raise UnreadableDocument(f"1ページから{MAX_PAGES}ページまでのPDFにしてください。")
    for number, page in enumerate(pdf, start=1):
        picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
        jpeg = io.BytesIO()
        picture.save(jpeg, "JPEG", quality=QUALITY, optimize=True)
        yield DrawnPage(number, jpeg.getvalue(), page.get_textpage().get_text_bounded().strip())
