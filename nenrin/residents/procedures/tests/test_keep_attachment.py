from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nenrin.core.files.models import StoredFile
from nenrin.core.files.tests.samples import PDF
from nenrin.core.printing.compiler import compile_pdf
from nenrin.core.printing.tests import __file__ as printing_tests
from nenrin.engines.forms.fields.contract import Refused
from nenrin.engines.forms.fields.rich.file import FileQuestion
from nenrin.residents.procedures.models import ApplicationFile
from nenrin.residents.procedures.services.keep_attachment import keep_attachment
from nenrin.residents.procedures.services.withdraw_application import withdraw_application

from .factories import begin, resident

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


def _pdf_saying(words):
    template = Path(printing_tests).with_name("sample.typ")
    return compile_pdf(template, {"title": "x", "body": words})


def test_a_file_belongs_to_its_application(draft):
    kept = _keep(draft, "診断書.pdf", _pdf_saying("よい"))
    assert kept["name"] == "診断書.pdf" and kept["type"] == "application/pdf"
    assert ApplicationFile.objects.get().file.purpose == "applications"
    withdraw_application(application=draft, words="", acting_user="user:1")
    assert StoredFile.objects.get().erased_at


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (f"{MY_NUMBER}.pdf", PDF),
        ("a.pdf", b""),
        ("a.pdf", b"%PDF-1.7 broken %%EOF"),
        ("a.exe", b"MZ\x90\x00"),
        ("a.csv", "名前,年\n花子,70\n".encode()),
    ],
)
def test_what_cannot_be_taken_is_refused_with_words(draft, name, content):
    with pytest.raises(Refused):
        _keep(draft, name, content)
    assert not StoredFile.objects.exists()


def test_a_my_number_in_the_text_of_a_pdf_is_stopped(draft):
    with pytest.raises(Refused, match="マイナンバー"):
        _keep(draft, "通知カード.pdf", _pdf_saying(f"番号 {MY_NUMBER}"))
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


def test_a_pdf_that_is_too_long_to_be_read_is_refused(draft, monkeypatch):
    monkeypatch.setattr("nenrin.residents.procedures.services.keep_attachment.MOST_PAGES", 60)
    with pytest.raises(Refused, match="ページまで"):
        _keep(draft, "a.pdf", (SAMPLES / "long.pdf").read_bytes())
