"""PDFs: the text in them, their pages as pictures, and several papers bound into one.

Called by `workshop` alone: PDFium works for one thread at a time.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as raw

from ..errors import FileRefused

A4: Final = (595.28, 841.89)
MOST_PAGES: Final = 300
WIDTH: Final = 1200
QUALITY: Final = 82
LOCKED: Final = (
    "PDFが壊れているか、パスワードがかかっています。かけずに保存し直して、もう一度選んでください。"
)
LONG: Final = f"PDFは{MOST_PAGES}ページまでです。分けて、もう一度選んでください。"


def text_of(content: bytes) -> list[str]:
    """Everything that can be read: its title, its pages, what is filled into its form, its notes.

    Raises FileRefused for a PDF that cannot be opened or has too many pages.
    """
    with _opened(content) as pdf:
        return [*pdf.get_metadata_dict().values(), *_texts_of(pdf)]


def page_texts(content: bytes) -> list[str]:
    """The text of each page, with fields and notes. Raises FileRefused as `text_of` does."""
    with _opened(content) as pdf:
        return _texts_of(pdf)


def _texts_of(pdf: Any) -> list[str]:
    if len(pdf) > MOST_PAGES:
        raise FileRefused(LONG)
    pdf.init_forms()
    return [_text_on(pdf, number) for number in range(len(pdf))]


def _text_on(pdf: Any, number: int) -> str:
    """A page's text; fields and notes are first made part of it, in this copy alone."""
    # The library's own method does so only in documents with a form; notes are everywhere.
    raw.FPDFPage_Flatten(pdf[number], raw.FLAT_NORMALDISPLAY)
    text: str = pdf[number].get_textpage().get_text_bounded()
    return text


def page_count(content: bytes) -> int:
    """How many pages. Raises FileRefused."""
    with _opened(content) as pdf:
        return len(pdf)


def draw(content: bytes, number: int, *, width: int = WIDTH) -> bytes:
    """A page, counted from 1, as a JPEG so many pixels wide. Raises FileRefused."""
    with _opened(content) as pdf:
        page = pdf[number - 1]
        made = BytesIO()
        picture = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
        picture.save(made, "JPEG", quality=QUALITY, optimize=True)
        return made.getvalue()


def bind(parts: Sequence[bytes]) -> bytes:
    """One PDF of JPEGs and PDFs in their order; a photo fills an A4 sheet. Raises FileRefused."""
    with pypdfium2.PdfDocument.new() as bound:
        for part in parts:
            if part.startswith(b"%PDF-"):
                with _opened(part) as pdf:
                    bound.import_pages(pdf)
            else:
                _add_photo(bound, part)
        made = BytesIO()
        bound.save(made)
        return made.getvalue()


def _opened(content: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise FileRefused(LOCKED) from error


def _add_photo(bound: Any, jpeg: bytes) -> None:
    image = pypdfium2.PdfImage.new(bound)
    image.load_jpeg(BytesIO(jpeg), inline=True)
    wide, high = image.get_px_size()
    sheet = A4 if high >= wide else A4[::-1]
    scale = min(sheet[0] / wide, sheet[1] / high)
    place = pypdfium2.PdfMatrix().scale(wide * scale, high * scale)
    image.set_matrix(place.translate((sheet[0] - wide * scale) / 2, (sheet[1] - high * scale) / 2))
    page = bound.new_page(*sheet)
    page.insert_obj(image)
    page.gen_content()
    page.close()
