"""Keep a file that an applicant attached."""

from typing import Any

import pypdfium2
import pypdfium2.raw as raw
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from nenrin.core.files.errors import FileRefused
from nenrin.core.files.models import StoredFile
from nenrin.core.files.services.store_file import store_file
from nenrin.engines.forms.fields.contract import Question, Refused
from nenrin.engines.forms.fields.rich.file import FileQuestion
from nenrin.engines.forms.fields.text_rules import MY_NUMBER_WORDS, holds_my_number

from ..models import Application, ApplicationFile

PURPOSE = "applications"
KINDS = {"pdf": ("pdf",), "photo": ("jpeg", "png", "heic"), "sheet": ("csv",)}
MOST_PAGES = 300
LONG_WORDS = f"PDFは{MOST_PAGES}ページまでです。分けて、もう一度選んでください。"
LOCKED_WORDS = (
    "PDFが壊れているか、パスワードがかかっています。かけずに保存し直して、もう一度選んでください。"
)


@transaction.atomic
def keep_attachment(
    *, application: Application, question: Question, upload: "UploadedFile[Any]", acting_user: str
) -> dict[str, Any]:
    """Store the file; returns the reference that the answer holds.

    Raises Refused for what cannot be taken, also for a My Number in its name or in a PDF's text.
    """
    if not isinstance(question, FileQuestion):
        raise Refused("ここではファイルを受け取れません。")
    name = str(upload.name or "")
    if holds_my_number(name):
        raise Refused(MY_NUMBER_WORDS)
    content = upload.read()
    if content.startswith(b"%PDF-") and holds_my_number(_text_of(content)):
        raise Refused(MY_NUMBER_WORDS)
    allowed = [kind for accepted in question.accepts for kind in KINDS[accepted]]
    try:
        stored = store_file(
            content=content,
            name=name,
            allowed=allowed,
            acting_user=acting_user,
            purpose=PURPOSE,
        )
    except FileRefused as refusal:
        raise Refused(str(refusal)) from refusal
    ApplicationFile.objects.create(application=application, file=stored, question=question.name)
    return reference(stored)


def reference(stored: StoredFile) -> dict[str, Any]:
    """A stored file as an answer refers to it."""
    return {
        "id": str(stored.pk),
        "name": stored.name,
        "type": stored.content_type,
        "bytes": stored.size,
    }


def _text_of(content: bytes) -> list[str]:
    """Everything in a PDF that can be read: its title, its pages, what is filled into its form."""
    try:
        with pypdfium2.PdfDocument(content) as pdf:
            pdf.init_forms()
            if len(pdf) > MOST_PAGES:
                raise Refused(LONG_WORDS)
            pages = [_text_on(pdf, number) for number in range(len(pdf))]
            return [*pdf.get_metadata_dict().values(), *pages]
    except pypdfium2.PdfiumError as error:
        raise Refused(LOCKED_WORDS) from error


def _text_on(pdf: pypdfium2.PdfDocument, number: int) -> str:
    """A page's text; fields and notes are first made part of it, in this copy alone."""
    # The library's own method does so only in documents with a form; notes are everywhere.
    raw.FPDFPage_Flatten(pdf[number], raw.FLAT_NORMALDISPLAY)
    text: str = pdf[number].get_textpage().get_text_bounded()
    return text
