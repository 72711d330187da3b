from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from nenrin.core.files.documents.tests.pictures import noisy_photo, opened, photo
from nenrin.core.files.documents.tests.test_pdf import locked, paper
from nenrin.core.files.models import StoredFile
from nenrin.core.files.scanning import EICAR
from nenrin.core.files.services.store_file import open_file
from nenrin.core.files.tests.samples import PDF
from nenrin.engines.forms.fields.contract import Refused
from nenrin.engines.forms.fields.rich.file import FileQuestion
from nenrin.residents.procedures.models import ApplicationFile
from nenrin.residents.procedures.services.drafts.keep_attachment import keep_attachment
from nenrin.residents.procedures.services.withdraw_application import withdraw_application

from ....tests.factories import begin, resident

QUESTION = FileQuestion(name="proof", label="写真")
MY_NUMBER = "123456789018"
SAMPLES = Path(__file__).with_name("samples")


@pytest.fixture
def draft(small_town, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return begin(person=resident())[0]


def _keep(draft, name, content):
    upload = SimpleUploadedFile(name, content)
    return keep_attachment(
        application=draft, question=QUESTION, upload=upload, acting_user="user:1"
    )


def test_a_file_belongs_to_its_application(draft):
    kept = _keep(draft, "診断書.pdf", paper("よい"))
    assert kept["name"] == "診断書.pdf" and kept["type"] == "application/pdf"
    assert ApplicationFile.objects.get().file.purpose == "applications"
    withdraw_application(application=draft, words="", acting_user="user:1")
    assert StoredFile.objects.get().erased_at


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (f"{MY_NUMBER}.pdf", PDF, "マイナンバー"),
        ("a.pdf", b"", "空です"),
        ("a.pdf", b"%PDF-1.7 broken %%EOF", "壊れている"),
        ("a.pdf", locked(), "パスワード"),
        ("写真.jpg", b"MZ\x90\x00", "読めません"),
        ("診断書.pdf", "名前,年\n花子,70\n".encode(), "表（CSV）のファイルは、ここでは"),
        ("写真.jpg", b"\xff\xd8\xff broken \xff\xd9", "壊れていて"),
        ("写真.jpg", photo() + EICAR + b"\xff\xd9", "ウイルスが見つかった"),
        ("大きい.jpg", photo() + bytes(21_000_000) + b"\xff\xd9", "大きすぎます（20MBまで）"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_words(draft, name, content, words):
    with pytest.raises(Refused, match=words):
        _keep(draft, name, content)
    assert not StoredFile.objects.exists()


def test_the_words_name_the_file_that_was_refused(draft):
    with pytest.raises(Refused, match="「夏休み"):
        _keep(draft, "C:/写真/夏休み.jpg", b"")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("IMG_0001.HEIC", photo(form="HEIF", turned=True)),
        ("写真👨‍👩‍👧.png", photo(form="PNG", turned=True)),
        ("髙﨑\U000e0100.jpeg", photo(turned=True)),
    ],
)
def test_a_photo_is_kept_as_a_jpeg_that_every_screen_shows(draft, name, content):
    kept = _keep(draft, name, content)
    assert kept["type"] == "image/jpeg" and kept["name"].endswith(".jpg")
    assert opened(open_file(StoredFile.objects.get()).read()).size == (300, 400)


def test_a_photo_of_twenty_megabytes_is_taken(draft):
    kept = _keep(draft, "a.jpg", noisy_photo(19_000_000))
    assert kept["bytes"] < 6_000_000


def test_a_my_number_in_the_text_of_a_pdf_is_stopped(draft):
    with pytest.raises(Refused, match="マイナンバー"):
        _keep(draft, "通知カード.pdf", paper(f"番号 {MY_NUMBER}"))
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("name", ["restricted", "form", "note", "title", "long"])
def test_a_my_number_anywhere_in_a_pdf_is_stopped(draft, name, caplog):
    """Readable without a password; filled into a form; a note; the title; the 61st page."""
    with pytest.raises(Refused, match="マイナンバー"):
        _keep(draft, "a.pdf", (SAMPLES / f"{name}.pdf").read_bytes())
    assert not StoredFile.objects.exists() and "1234" not in caplog.text


def test_a_locked_pdf_is_refused(draft):
    with pytest.raises(Refused, match="パスワード"):
        _keep(draft, "a.pdf", (SAMPLES / "locked.pdf").read_bytes())
    assert not StoredFile.objects.exists()


def test_a_pdf_that_is_too_long_to_be_read_is_refused(draft):
    book, made = PdfWriter(), BytesIO()
    for _ in range(301):
        book.add_blank_page(100, 100)
    book.write(made)
    with pytest.raises(Refused, match="ページまで"):
        _keep(draft, "a.pdf", made.getvalue())
