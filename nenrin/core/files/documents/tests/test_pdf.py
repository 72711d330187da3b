from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter

from nenrin.core.files.documents.apart import bind, page_count, text_of
from nenrin.core.files.errors import FileRefused
from nenrin.core.files.kinds import kind_of
from nenrin.core.printing.compiler import compile_pdf
from nenrin.core.printing.tests import __file__ as printing_tests

from .pictures import photo


def paper(words="よい"):
    """A PDF of one page that says something."""
    template = Path(printing_tests).with_name("sample.typ")
    return compile_pdf(template, {"title": "x", "body": words})


def locked(words="ひみつ"):
    """The same behind a password."""
    writer, made = PdfWriter(PdfReader(BytesIO(paper(words)))), BytesIO()
    writer.encrypt("password", algorithm="AES-256")
    writer.write(made)
    return made.getvalue()


def test_photos_and_papers_become_one_pdf_in_their_order():
    bound = bind([photo(), paper("二枚目"), photo(size=(300, 400))])
    assert kind_of(bound).key == "pdf" and page_count(bound) == 3
    assert "二枚目" in text_of(bound)[-2]
    sizes = [tuple(map(round, page.get_size())) for page in pypdfium2.PdfDocument(bound)]
    assert (sizes[0], sizes[2]) == ((842, 595), (595, 842))


def test_a_photo_fills_its_sheet_upright():
    page = pypdfium2.PdfDocument(bind([photo(size=(842, 595))]))[0].render().to_pil()
    left, right = page.getpixel((20, 300)), page.getpixel((page.width - 20, 300))
    assert left[0] > 200 and right[2] > 200


def test_photos_are_bound_as_they_are_and_not_once_more_compressed():
    one = photo(size=(2000, 1500))
    assert len(bind([one, one])) < 2 * len(one) + 4000


@pytest.mark.parametrize("content", [b"%PDF-1.7 broken %%EOF", b""])
def test_a_broken_pdf_is_refused(content):
    with pytest.raises(FileRefused, match="パスワード"):
        text_of(content)


def test_a_pdf_behind_a_password_is_refused_with_what_to_do():
    for look in (text_of, page_count, lambda content: bind([content])):
        with pytest.raises(FileRefused, match="かけずに保存し直して"):
            look(locked())
