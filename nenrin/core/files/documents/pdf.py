"""PDFs: the text in them, and several papers bound into one.

PDFium works for one thread at a time, so everything here takes turns.
"""

from collections.abc import Sequence
from io import BytesIO
from threading import Lock
from typing import Any, Final

import pypdfium2

from ..errors import FileRefused

A4: Final = (595.28, 841.89)
PAGES_READ: Final = 60
WIDTH: Final = 1200
LOCKED: Final = (
    "PDFが壊れているか、パスワードがかかっています。かけずに保存し直して、もう一度選んでください。"
)
_turn = Lock()


def text_of(content: bytes) -> list[str]:
    """The text of the first pages. Raises FileRefused for a PDF that cannot be opened."""
    with _turn, _opened(content) as pdf:
        pages = [pdf[number] for number in range(min(len(pdf), PAGES_READ))]
        return [page.get_textpage().get_text_bounded() for page in pages]


def page_count(content: bytes) -> int:
    """How many pages. Raises FileRefused."""
    with _turn, _opened(content) as pdf:
        return len(pdf)


def draw(content: bytes, number: int) -> bytes:
    """A page, counted from 1, as a JPEG to read beside a form. Raises FileRefused."""
    with _turn, _opened(content) as pdf:
        page = pdf[number - 1]
        made = BytesIO()
        picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
        picture.save(made, "JPEG", quality=80)
        return made.getvalue()


def bind(parts: Sequence[bytes]) -> bytes:
    """One PDF of JPEGs and PDFs in their order; a photo fills an A4 sheet. Raises FileRefused."""
    with _turn, pypdfium2.PdfDocument.new() as bound:
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
