from io import BytesIO

import pytest
from PIL import Image

from nenrin.core.files.documents.apart import as_jpeg
from nenrin.core.files.documents.photos import LONGEST
from nenrin.core.files.errors import FileRefused
from nenrin.core.files.kinds import kind_of

from .pictures import noisy_photo, opened, photo


def _is_red(colour):
    return colour[0] > 200 and colour[2] < 60


@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIF"])
def test_every_kind_of_photo_becomes_an_upright_jpeg(form):
    made = as_jpeg(photo(form=form, turned=True))
    picture = opened(made)
    assert kind_of(made).key == "jpeg" and picture.size == (300, 400)
    assert _is_red(picture.getpixel((150, 20))) and not _is_red(picture.getpixel((150, 380)))


def test_where_and_with_what_it_was_taken_is_gone():
    assert opened(photo()).getexif() and not opened(as_jpeg(photo())).getexif()


def test_a_large_photo_is_made_as_small_as_an_a4_sheet_needs():
    made = as_jpeg(photo(size=(6000, 4000)))
    assert opened(made).size == (LONGEST, 1600)
    assert opened(as_jpeg(photo(size=(200, 100)))).size == (200, 100)


def test_twenty_megabytes_of_photo_are_taken():
    large = noisy_photo(19_000_000)
    assert len(as_jpeg(large)) < 6_000_000


def test_what_is_clear_becomes_white():
    sheet, made = Image.new("RGBA", (10, 10), (0, 0, 0, 0)), BytesIO()
    sheet.save(made, "PNG")
    assert opened(as_jpeg(made.getvalue())).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff broken \xff\xd9", photo()[:400], photo(form="HEIF")[:600]]
)
def test_a_broken_photo_is_refused_with_words(content):
    with pytest.raises(FileRefused, match="撮り直す"):
        as_jpeg(content)


def test_a_picture_that_would_fill_the_memory_is_not_opened():
    made = BytesIO()
    Image.new("1", (9000, 9000)).save(made, "PNG")
    with pytest.raises(FileRefused, match="画素"):
        as_jpeg(made.getvalue())
